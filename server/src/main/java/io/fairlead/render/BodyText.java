package io.fairlead.render;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body as its author wrote it.
public sealed interface BodyText {
  /// What {@link #type} may give.
  List<String> TYPES = List.of("json", "form", "xml", "multipart", "raw", "none", "event");

  /// What it is sent as, in the contract's words; `event` where nothing was said.
  default String type() {
    return switch (this) {
      case ByMethod _ -> "event";
      case None _ -> "none";
      case Data(Data.Kind kind, var _) -> kind.name().toLowerCase(Locale.ROOT);
      case JsonFields _, JsonTemplate _ -> "json";
      case FormFields _, FormTemplate _ -> "form";
      case XmlFields _, XmlTemplate _ -> "xml";
      case Multipart _ -> "multipart";
      case Raw _ -> "raw";
    };
  }

  /// Nothing was said: the event itself for POST, PUT and PATCH, nothing for other methods.
  enum ByMethod implements BodyText {
    /// The only one.
    BY_METHOD
  }

  /// No body.
  enum None implements BodyText {
    /// The only one.
    NONE
  }

  /// The data as a body: what the adaptor made, or the event's data.
  record Data(Kind kind, XmlNames names) implements BodyText {
    /// What it is written as.
    public enum Kind {
      JSON,
      FORM,
      XML,
      MULTIPART
    }
  }

  /// A JSON object made of fields.
  record JsonFields(List<Field> fields) implements BodyText {
    public JsonFields {
      fields = List.copyOf(fields);
    }
  }

  /// JSON text with tokens in values and strings.
  record JsonTemplate(String template) implements BodyText {}

  /// A form made of fields.
  record FormFields(List<Field> fields) implements BodyText {
    public FormFields {
      fields = List.copyOf(fields);
    }
  }

  /// A form with tokens in values.
  record FormTemplate(String template) implements BodyText {}

  /// An XML document made of fields.
  record XmlFields(List<Field> fields, XmlNames names) implements BodyText {
    public XmlFields {
      fields = List.copyOf(fields);
    }
  }

  /// An XML document with tokens in text, attributes and CDATA sections.
  record XmlTemplate(String template) implements BodyText {}

  /// `multipart/form-data` (RFC 7578).
  record Multipart(List<FormPart> parts) implements BodyText {
    public Multipart {
      parts = List.copyOf(parts);
    }
  }

  /// One part of a form of many parts.
  ///
  /// @param field its name and value
  /// @param filename a template; null when it is no file
  /// @param contentType without tokens; when it says JSON, XML or form, the value is read as that
  record FormPart(Field field, @Nullable String filename, @Nullable String contentType) {}

  /// Text of the kind that the header `Content-Type` says.
  record Raw(String template) implements BodyText {}
}
