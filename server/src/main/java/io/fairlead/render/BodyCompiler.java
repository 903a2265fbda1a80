package io.fairlead.render;

import io.fairlead.json.Faults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settles how a request's body is made and what its `Content-Type` is.
final class BodyCompiler {
  private final RequestText text;
  private final Faults faults;
  private final Scope scope;
  private final List<String> notes = new ArrayList<>();

  /// The author's header, or null.
  private final @Nullable Row typed;

  private final String typedAt;

  private BodyCompiler(RequestText text, Faults faults, Scope scope) {
    this.text = text;
    this.faults = faults;
    this.scope = scope;
    int at = 0;
    while (at < text.headers().size()
        && !text.headers().get(at).name().equalsIgnoreCase("Content-Type")) {
      at++;
    }
    this.typed = at < text.headers().size() ? text.headers().get(at) : null;
    this.typedAt = "/headers/" + at;
  }

  /// What compiling came to; meaningless when there are new faults.
  ///
  /// @param contentType what the kind of body says, null when there is none or when it is made with
  ///   the body
  /// @param notes sentences on what is accepted and looks wrong
  record Compiled(BodyPlan plan, @Nullable String contentType, List<String> notes) {}

  static Compiled compile(RequestText text, Faults faults, Scope scope) {
    return new BodyCompiler(text, faults, scope).compile();
  }

  private Compiled compile() {
    BodyPlan plan = plan();
    MediaType type = type();
    if (type != null) {
      if (!text.method().mayHaveBody()) {
        faults.at("/body", "A %s request has no body; leave it out.".formatted(text.method()));
      }
      compare(type);
    }
    String own = type == null ? null : contentType(type);
    return new Compiled(plan, typed == null ? own : null, List.copyOf(notes));
  }

  /// The kind of body, null when there is none.
  private @Nullable MediaType type() {
    return switch (text.body()) {
      case BodyText.ByMethod byMethod ->
          text.method().sendsEventByDefault() ? MediaType.JSON : null;
      case BodyText.None none -> null;
      case BodyText.Data(var kind, var names) ->
          switch (kind) {
            case JSON -> MediaType.JSON;
            case FORM -> MediaType.FORM;
            case XML -> MediaType.XML;
            case MULTIPART -> MediaType.MULTIPART;
          };
      case BodyText.JsonFields fields -> MediaType.JSON;
      case BodyText.JsonTemplate template -> MediaType.JSON;
      case BodyText.FormFields fields -> MediaType.FORM;
      case BodyText.FormTemplate template -> MediaType.FORM;
      case BodyText.XmlFields fields -> MediaType.XML;
      case BodyText.XmlTemplate template -> MediaType.XML;
      case BodyText.Multipart parts -> MediaType.MULTIPART;
      case BodyText.Raw raw -> MediaType.OTHER;
    };
  }

  private static @Nullable String contentType(MediaType type) {
    return switch (type) {
      case JSON -> "application/json";
      case XML -> "application/xml";
      case FORM -> "application/x-www-form-urlencoded";
      case MULTIPART -> null;
      case OTHER -> "text/plain; charset=utf-8";
    };
  }

  /// Tells where the author's header and the kind of body are at odds.
  private void compare(MediaType type) {
    if (typed == null) {
      return;
    }
    String says = typed.value();
    String essence = MediaType.essence(says);
    if (type == MediaType.MULTIPART) {
      faults.at(
          typedAt + "/name",
          "Leave out Content-Type: a multipart body is sent with its own, which has the boundary"
              + " in it.");
      return;
    }
    if (type != MediaType.OTHER && !essence.contains("{{") && MediaType.of(says) != type) {
      notes.add(
          "The header Content-Type says %s, and the body is %s; the header is sent as it is."
              .formatted(essence, type.words()));
    }
    if (MediaType.saysOtherCharset(says)) {
      notes.add(
          "The header Content-Type names another character encoding, and the body is sent as"
              + " UTF-8.");
    }
  }

  private BodyPlan plan() {
    return switch (text.body()) {
      case BodyText.ByMethod byMethod ->
          new BodyPlan.Fixed(
              text.method().sendsEventByDefault()
                  ? Rendered.Body.Event.EVENT
                  : Rendered.Body.None.NONE);
      case BodyText.None none -> new BodyPlan.Fixed(Rendered.Body.None.NONE);
      case BodyText.Data(var kind, var names) -> {
        if (kind == BodyText.Data.Kind.XML) {
          checkNames(names);
        }
        yield new BodyPlan.OfData(kind, names);
      }
      case BodyText.JsonFields(var fields) ->
          made(JsonFields.read(fields, "/body/fields", faults, scope));
      case BodyText.JsonTemplate(String template) -> template(template, MediaType.JSON);
      case BodyText.FormFields(var fields) ->
          made(FormBody.read(fields, "/body/fields", faults, scope));
      case BodyText.FormTemplate(String template) -> template(template, MediaType.FORM);
      case BodyText.XmlFields(var fields, var names) ->
          made(XmlFields.read(fields, names, "/body", faults, scope));
      case BodyText.XmlTemplate(String template) -> template(template, MediaType.XML);
      case BodyText.Multipart(var parts) -> {
        var made = MultipartBody.read(parts, "/body/fields", faults, scope);
        long bytes = made.stream().mapToLong(part -> Piece.literalBytes(part.pieces())).sum();
        checkLength(bytes);
        yield new BodyPlan.Multipart(made);
      }
      case BodyText.Raw(String template) -> template(template, rawType());
    };
  }

  /// Names for data are checked before there is any; a prefix would have to be declared by it.
  private void checkNames(XmlNames names) {
    if (!XmlChars.isPlainName(names.root())) {
      faults.at("/body/root", XmlFields.NO_NAME);
    }
    if (!XmlChars.isPlainName(names.item())) {
      faults.at("/body/item", XmlFields.NO_NAME);
    }
  }

  /// What the author's header says of a raw body.
  private MediaType rawType() {
    if (typed == null) {
      return MediaType.OTHER;
    }
    if (MediaType.essence(typed.value()).contains("{{")) {
      faults.at(
          typedAt + "/value",
          "The media type of a raw body decides how values are written into it, so it can have no"
              + " tokens.");
    }
    return MediaType.of(typed.value());
  }

  private BodyPlan template(String written, MediaType type) {
    String pointer = "/body/template";
    var template = TemplateText.counting(written, pointer, place(type), scope);
    List<Piece> pieces =
        switch (type) {
          case JSON -> JsonTemplate.read(template);
          case XML -> XmlTemplate.read(template);
          case FORM ->
              text.body() instanceof BodyText.Raw
                  ? FormTemplate.readAsTyped(template)
                  : FormTemplate.read(template);
          case MULTIPART, OTHER ->
              new Piece.Row(scope)
                  .addParts(TemplateParser.parse(template), template, Escape.RAW)
                  .pieces();
        };
    if (type == MediaType.MULTIPART && Piece.first(pieces) != null) {
      faults.at(
          pointer,
          "A value could end a part of a raw multipart body; use a body of type multipart for"
              + " tokens.");
    }
    template.note(faults);
    return made(pieces);
  }

  private static String place(MediaType type) {
    return switch (type) {
      case JSON -> "the JSON body";
      case XML -> "the XML body";
      case FORM -> "the form body";
      case MULTIPART, OTHER -> "the raw body";
    };
  }

  private BodyPlan made(List<Piece> pieces) {
    checkLength(Piece.literalBytes(pieces));
    String known = Piece.fixed(pieces);
    if (known == null) {
      return new BodyPlan.Text(pieces);
    }
    byte[] bytes = known.getBytes(StandardCharsets.UTF_8);
    return new BodyPlan.Fixed(new Rendered.Body.Made(bytes, bytes));
  }

  private void checkLength(long bytes) {
    if (bytes > RequestPlan.MAX_BODY) {
      faults.at("/body", "The body is longer than %,d bytes.".formatted(RequestPlan.MAX_BODY));
    }
  }
}
