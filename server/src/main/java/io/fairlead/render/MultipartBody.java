package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts parts together as `multipart/form-data` (RFC 7578).
final class MultipartBody {
  private final Faults faults;
  private final FieldValues values;
  private final Scope scope;

  private MultipartBody(Faults faults, Scope scope) {
    this.faults = faults;
    this.scope = scope;
    this.values = new FieldValues(faults, scope);
  }

  /// A part: its headers, an empty line and its value.
  ///
  /// @param optional the only token of the value, when the part is left out without a value for it
  record PartPlan(List<Piece> pieces, Piece.@Nullable Hole optional) {}

  /// The parts; meaningless when there are new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<PartPlan> read(
      List<BodyText.FormPart> parts, String pointer, Faults faults, Scope scope) {
    var body = new MultipartBody(faults, scope);
    var made = new ArrayList<PartPlan>();
    for (int i = 0; i < parts.size(); i++) {
      made.add(body.part(parts.get(i), pointer + "/" + i));
    }
    return List.copyOf(made);
  }

  private PartPlan part(BodyText.FormPart part, String pointer) {
    Field field = part.field();
    Piece.Row out = values.row();
    String refused =
        field.name().contains("{{")
            ? "Tokens may not stand in names."
            : sentence(Escape.refusedInParameter(field.name()));
    if (refused != null) {
      faults.at(pointer + "/name", refused);
    }
    out.add("Content-Disposition: form-data; name=\"" + field.name() + "\"");
    String filename = part.filename();
    if (filename != null) {
      String place = "the file name of body field " + Quote.of(field.name());
      var template = TemplateText.of(filename, pointer + "/filename", place, scope);
      List<Piece> name = values.line(template, Escape.PART_PARAMETER);
      out.joined("", "", List.of(Piece.Item.row("; filename=\"", name, "\"", scope)));
    }
    String contentType = part.contentType();
    MediaType type = MediaType.OTHER;
    if (contentType != null) {
      out.add("\r\nContent-Type: " + contentType);
      type = contentType(contentType, pointer + "/contentType");
    }
    List<Piece> value = value(field, pointer + "/value", type);
    out.add("\r\n\r\n").addAll(value);
    return new PartPlan(out.pieces(), Piece.optional(value));
  }

  private MediaType contentType(String contentType, String pointer) {
    String refused =
        contentType.contains("{{")
            ? "Tokens may not stand in the content type of a part."
            : sentence(Escape.refusedInHeader(contentType));
    MediaType type = MediaType.of(contentType);
    if (refused == null && type == MediaType.MULTIPART) {
      refused = "A part cannot have parts of its own.";
    }
    if (refused != null) {
      faults.at(pointer, refused);
    }
    return type;
  }

  /// A value whose author did not give its type is read as its content type says.
  private List<Piece> value(Field field, String pointer, MediaType type) {
    if (field.type() != null) {
      return values.text(field, pointer, Escape.RAW);
    }
    TemplateText template = values.template(field, pointer);
    List<Piece> pieces =
        switch (type) {
          case JSON -> JsonTemplate.read(template);
          case XML -> XmlTemplate.read(template);
          case FORM -> FormTemplate.read(template);
          case MULTIPART, OTHER ->
              values.row().addParts(TemplateParser.line(template), template, Escape.RAW).pieces();
        };
    template.note(faults);
    return pieces;
  }

  private static @Nullable String sentence(@Nullable String refused) {
    return refused == null ? null : "The text cannot be sent: %s.".formatted(refused);
  }

  /// The whole body.
  ///
  /// @param parts as they were rendered
  /// @param boundary what stands in none of them
  static String join(List<String> parts, String boundary) {
    var out = new StringBuilder();
    for (String part : parts) {
      out.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
    }
    return out.append("--").append(boundary).append("--\r\n").toString();
  }

  /// A boundary that is in none of the parts, and the same each time for one delivery and the same
  /// parts.
  static String boundary(long delivery, List<String> parts) {
    for (int round = 0; ; round++) {
      String boundary = boundary(delivery, round);
      if (parts.stream().noneMatch(part -> part.contains(boundary))) {
        return boundary;
      }
    }
  }

  private static String boundary(long delivery, int round) {
    byte[] seed = ByteBuffer.allocate(12).putLong(delivery).putInt(round).array();
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update("io.fairlead:boundary".getBytes(StandardCharsets.US_ASCII));
      return "fairlead-" + HexFormat.of().formatHex(hash.digest(seed), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
