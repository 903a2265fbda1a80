package io.fairlead.authorization;

import io.fairlead.render.BodyText;
import io.fairlead.render.RequestText;

/// What a body is, as far as parameters can be added to it.
public enum BodyShape {
  /// A JSON value; when it is an object, members can be added.
  JSON,
  /// `application/x-www-form-urlencoded`.
  FORM,
  /// Something that nothing can be added to.
  OTHER,
  /// There is none.
  NONE;

  /// The shape of what an author wrote.
  public static BodyShape of(RequestText request) {
    return switch (request.body()) {
      case BodyText.ByMethod byMethod -> request.method().sendsEventByDefault() ? JSON : NONE;
      case BodyText.None none -> NONE;
      case BodyText.JsonFields fields -> JSON;
      case BodyText.JsonTemplate template -> JSON;
      case BodyText.FormFields fields -> FORM;
      case BodyText.FormTemplate template -> FORM;
      case BodyText.XmlFields fields -> OTHER;
      case BodyText.XmlTemplate template -> OTHER;
      case BodyText.Multipart parts -> OTHER;
      case BodyText.Raw raw -> OTHER;
      case BodyText.Data data ->
          switch (data.kind()) {
            case JSON -> JSON;
            case FORM -> FORM;
            case XML, MULTIPART -> OTHER;
          };
    };
  }
}
