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
  private final Values fixed;

  private MultipartBody(Faults faults, Values fixed) {
    this.faults = faults;
    this.fixed = fixed;
    this.values = new FieldValues(faults, fixed);
  }

  /// The pieces of each part: its headers, an empty line and its value; meaningless when there are
  /// new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<List<Piece>> read(
      List<BodyText.FormPart> parts, String pointer, Faults faults, Values fixed) {
    var body = new MultipartBody(faults, fixed);
    var made = new ArrayList<List<Piece>>();
    for (int i = 0; i < parts.size(); i++) {
      made.add(body.part(parts.get(i), pointer + "/" + i));
    }
    return List.copyOf(made);
  }

  private List<Piece> part(BodyText.FormPart part, String pointer) {
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
      String at = pointer + "/filename";
      out.add("; filename=\"");
      Spot spot = Spot.of(filename, at, "the file name of body field " + Quote.of(field.name()));
      values.template(out, filename, at, spot, Escape.PART_PARAMETER);
      out.add("\"");
    }
    String contentType = part.contentType();
    MediaType type = MediaType.OTHER;
    if (contentType != null) {
      out.add("\r\nContent-Type: " + contentType);
      type = contentType(contentType, pointer + "/contentType");
    }
    out.add("\r\n\r\n");
    value(out, field, pointer + "/value", type);
    return out.pieces();
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
  private void value(Piece.Row out, Field field, String pointer, MediaType type) {
    String value = field.value();
    Spot spot = FieldValues.spot(field, pointer);
    var flaws = new ArrayList<Flaw>();
    if (field.type() != null || type == MediaType.OTHER || type == MediaType.MULTIPART) {
      values.text(out, field, pointer, Escape.RAW);
    } else {
      out.addAll(
          switch (type) {
            case JSON -> JsonTemplate.read(value, spot, flaws, fixed);
            case XML -> XmlTemplate.read(value, spot, flaws, fixed);
            case FORM -> FormTemplate.read(value, spot, flaws, fixed);
            case MULTIPART, OTHER -> List.of();
          });
    }
    Flaw.note(flaws, value, pointer, faults);
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
