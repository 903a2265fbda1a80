package io.fairlead.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/// What a document is: what it says of itself, what its bytes are, and whether that is what was
/// wanted. Pure; safe for use by several threads.
final class DocumentType {
  /// Types that say no more than that it is to be saved.
  private static final Set<String> VAGUE =
      Set.of(
          "",
          "application/octet-stream",
          "binary/octet-stream",
          "application/binary",
          "application/download",
          "application/x-download",
          "application/force-download",
          "application/unknown",
          "application/save");

  /// Formats that are known by how they begin, as the MIME Sniffing Standard has them (6.1, 6.2):
  /// most documents, at a thousandth of the library's time.
  private enum Signature {
    PDF("application/pdf", 0, "%PDF-"),
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    GIF87("image/gif", 0, "GIF87a"),
    GIF89("image/gif", 0, "GIF89a"),
    WEBP("image/webp", 8, "WEBPVP");

    private final String type;
    private final int at;
    private final String bytes;

    /// @param bytes a character a byte
    Signature(String type, int at, String bytes) {
      this.type = type;
      this.at = at;
      this.bytes = bytes;
    }

    boolean fits(byte[] first) {
      if (first.length < at + bytes.length()) {
        return false;
      }
      for (int i = 0; i < bytes.length(); i++) {
        if ((first[at + i] & 0xff) != bytes.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /// Whether a document is one of those that are wanted.
  sealed interface Fit {
    /// It is.
    ///
    /// @param type its real media type, in small letters
    record Fits(String type) implements Fit {}

    /// It is not.
    ///
    /// @param sentence what came instead, for a person
    record Misfit(String sentence) implements Fit {}
  }

  private DocumentType() {}

  /// Reads the library's table of types, which takes a moment: better done before the first
  /// document.
  static void load() {
    var _ = MimeTypes.getDefaultMimeTypes();
  }

  /// Whether header and bytes are of a wanted type. A header that says nothing (none,
  /// `application/octet-stream`) leaves it to the bytes.
  ///
  /// @param wanted which types are right
  /// @param header `Content-Type` as it came, or null
  /// @param first how the document begins, 4 KiB or all of it
  static Fit fit(Wanted.Document wanted, @Nullable String header, byte[] first) {
    String written = written(header);
    String said = said(written);
    String is = is(first, said);
    boolean right = VAGUE.contains(said) || wanted.allows(said) || wanted.allows(written);
    if (right && wanted.allows(is)) {
      return new Fit.Fits(is);
    }
    // The same by another name: text/xml is application/xml.
    return right && said.equals(is)
        ? new Fit.Fits(written)
        : new Fit.Misfit(misfit(wanted.contentTypes(), said, is));
  }

  private static String misfit(List<String> wanted, String said, String is) {
    String came =
        said.equals(is)
            ? "What came is %s".formatted(named(is))
            : VAGUE.contains(said)
                ? "What came is %s by its bytes".formatted(named(is))
                : "What came is called %s and is %s by its bytes"
                    .formatted(quoted(said), named(is));
    return "%s, not %s.".formatted(came, String.join(" or ", wanted));
  }

  private static String named(String type) {
    return switch (type) {
      case "text/html", "application/xhtml+xml" -> "an HTML page";
      case "text/plain" -> "plain text";
      case "application/octet-stream" -> "of no known kind";
      default -> type;
    };
  }

  private static String quoted(String type) {
    return type.length() > 100 ? type.substring(0, 100) + "…" : type;
  }

  /// The type that a header names, in small letters; empty when it names none.
  private static String written(@Nullable String header) {
    if (header == null || header.length() > 1_000) {
      return "";
    }
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// A type by the name under which it is registered; empty when it is none.
  private static String said(String written) {
    return switch (written) {
      case "application/pdf", "image/png", "image/jpeg", "application/json", "text/html" -> written;
      case "image/jpg", "image/pjpeg" -> "image/jpeg";
      default -> registered(written);
    };
  }

  private static String registered(String name) {
    MediaType type = MediaType.parse(name);
    return type == null
        ? ""
        : MimeTypes.getDefaultMimeTypes().getMediaTypeRegistry().normalize(type).toString();
  }

  /// The type that the bytes are. What has no mark of its own (CSV is text, a word processor's file
  /// is a ZIP) is what the header says, where that is a kind of what the bytes are.
  private static String is(byte[] first, String said) {
    for (Signature signature : Signature.values()) {
      if (signature.fits(first)) {
        return signature.type;
      }
    }
    MediaType marked = marked(first, new Metadata());
    var hint = new Metadata();
    hint.set(Metadata.CONTENT_TYPE, said);
    boolean blank = marked.equals(MediaType.OCTET_STREAM);
    return (blank || said.isEmpty() ? marked : marked(first, hint)).getBaseType().toString();
  }

  private static MediaType marked(byte[] first, Metadata hint) {
    try {
      return MimeTypes.getDefaultMimeTypes().detect(new ByteArrayInputStream(first), hint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How names of files of a type may end, most usual first, e.g. `.jpg`, `.jpeg`; empty when
  /// nobody knows.
  static List<String> endings(String type) {
    return switch (type) {
      case "application/pdf" -> List.of(".pdf");
      case "image/png" -> List.of(".png");
      case "image/jpeg" -> List.of(".jpg", ".jpeg");
      default -> registeredEndings(type);
    };
  }

  private static List<String> registeredEndings(String type) {
    try {
      return MimeTypes.getDefaultMimeTypes().forName(type).getExtensions();
    } catch (MimeTypeException e) {
      return List.of();
    }
  }
}
