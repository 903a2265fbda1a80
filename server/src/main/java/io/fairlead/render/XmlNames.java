package io.fairlead.render;

/// The names of elements that no field names.
///
/// @param root of the element around everything
/// @param item of the elements of a list
public record XmlNames(String root, String item) {
  /// What they are when the author gives none.
  public static final XmlNames DEFAULT = new XmlNames("root", "item");
}
