package io.fairlead.render;

import io.fairlead.base.Quote;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The namespace prefixes that may be used inside an element (Namespaces in XML 1.0).
///
/// @param prefixes with the name of the namespace that each stands for
record XmlScope(Map<String, String> prefixes) {
  private static final String XML = "http://www.w3.org/XML/1998/namespace";
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  /// What holds around the root.
  static final XmlScope OUTERMOST = new XmlScope(Map.of("xml", XML));

  /// An attribute.
  ///
  /// @param value null when it is not known before rendering
  record Attribute(String name, @Nullable String value) {}

  /// What an element's start tag comes to.
  sealed interface Entered {
    /// The scope of its content.
    record Good(XmlScope inside) implements Entered {}

    /// It is not well-formed.
    ///
    /// @param attribute its number, or -1 for the element's name
    /// @param reason a sentence
    record Bad(int attribute, String reason) implements Entered {}
  }

  /// Checks an element's name and attributes together.
  Entered enter(String element, List<Attribute> attributes) {
    boolean declares = attributes.stream().anyMatch(one -> isDeclaration(one.name()));
    Map<String, String> inside = declares ? new HashMap<>(prefixes) : prefixes;
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.get(i).name();
      if (!XmlChars.isName(name)) {
        return new Entered.Bad(
            i, "Expected the name of an attribute, but found %s.".formatted(Quote.of(name)));
      }
      if (isDeclaration(name)) {
        String refused = refusedDeclaration(name, attributes.get(i).value());
        if (refused != null) {
          return new Entered.Bad(i, refused);
        }
        inside.put(
            name.equals("xmlns") ? "" : name.substring(6),
            String.valueOf(attributes.get(i).value()));
      }
    }
    if (!XmlChars.isName(element)) {
      return new Entered.Bad(
          -1, "Expected the name of an element, but found %s.".formatted(Quote.of(element)));
    }
    if (undeclared(element, inside)) {
      return new Entered.Bad(-1, noPrefix(element));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.get(i).name();
      int colon = name.indexOf(':');
      boolean plain = colon < 0 || isDeclaration(name);
      if (!plain && undeclared(name, inside)) {
        return new Entered.Bad(i, noPrefix(name));
      }
      String full =
          plain ? name : inside.get(name.substring(0, colon)) + " " + name.substring(colon + 1);
      if (!names.add(full)) {
        return new Entered.Bad(
            i, "The element has an attribute %s already.".formatted(Quote.of(name)));
      }
    }
    return new Entered.Good(declares ? new XmlScope(inside) : this);
  }

  private static boolean isDeclaration(String attribute) {
    return attribute.equals("xmlns") || attribute.startsWith("xmlns:");
  }

  private static boolean undeclared(String name, Map<String, String> prefixes) {
    int colon = name.indexOf(':');
    return colon >= 0 && !prefixes.containsKey(name.substring(0, colon));
  }

  private static String noPrefix(String name) {
    String prefix = name.substring(0, name.indexOf(':'));
    return "There is no namespace for the prefix %s; declare it with xmlns:%s."
        .formatted(Quote.of(prefix), Quote.of(prefix));
  }

  private static @Nullable String refusedDeclaration(String name, @Nullable String value) {
    if (value == null) {
      return "Tokens may not stand in the name of a namespace.";
    }
    if (value.indexOf('&') >= 0 || value.chars().anyMatch(c -> c <= ' ')) {
      return "Expected the name of a namespace without blanks and &.";
    }
    String prefix = name.equals("xmlns") ? "" : name.substring(6);
    if (prefix.equals("xmlns") || value.equals(XMLNS)) {
      return "The prefix xmlns and its namespace cannot be declared.";
    }
    if (prefix.equals("xml") != value.equals(XML)) {
      return "The prefix xml and its namespace belong together.";
    }
    return value.isEmpty() && !prefix.isEmpty()
        ? "Expected the name of a namespace, but found nothing."
        : null;
  }
}
