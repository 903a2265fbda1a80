package io.fairlead.secrets;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds secrets in what came back or goes into a log, as they are and as they may have been
/// written on the way: base64 (also inside of a longer one), percent-encoded, JSON- and
/// XML-escaped, hexadecimal; and puts {@link #SHOWN} in their place. Immutable.
///
/// Secrets below four bytes are not searched: they would be found everywhere.
public final class Mask {
  /// What stands where a secret stood.
  public static final String SHOWN = "***";

  /// Finds nothing.
  public static final Mask NONE = new Mask(List.of());

  private static final byte[] SHOWN_BYTES = SHOWN.getBytes(StandardCharsets.US_ASCII);
  private static final int SHORTEST = 4;

  /// Longest first: a secret that begins another must not leave the other's end standing.
  private final byte[][] forms;

  private final boolean[] begins = new boolean[256];

  private Mask(Collection<String> secrets) {
    Set<String> written = new HashSet<>();
    for (String secret : secrets) {
      addForms(written, secret);
    }
    this.forms =
        written.stream()
            // What the client reads as ISO-8859-1 is bytes in disguise.
            .flatMap(form -> encoded(form).stream())
            .filter(form -> form.length >= SHORTEST)
            .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
            .toArray(byte[][]::new);
    for (byte[] form : forms) {
      begins[form[0] & 0xff] = true;
    }
  }

  /// A mask for these secrets.
  public static Mask of(Collection<String> secrets) {
    var mask = new Mask(secrets);
    return mask.forms.length == 0 ? NONE : mask;
  }

  private static void addForms(Set<String> forms, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST) {
      return;
    }
    forms.add(secret);
    String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (String form : List.of(percent, percent.replace("+", "%20"), strictPercent(bytes))) {
      forms.add(form);
      forms.add(lowerEscapes(form));
    }
    for (int plainTo : new int[] {Character.MAX_VALUE, '~'}) {
      for (String escaped : List.of("", "<>&'")) {
        String json = json(secret, plainTo, escaped);
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
      }
    }
    String xml = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.add(xml);
    forms.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
    forms.add(xml.replace("\"", "&quot;").replace("'", "&#39;"));
    forms.add(hex(bytes));
    forms.add(hex(bytes).toUpperCase(Locale.ROOT));
    addBase64(forms, bytes);
  }

  /// The three ways in which bytes show inside of a longer base64 text, less the characters that
  /// they share with their neighbours.
  private static void addBase64(Set<String> forms, byte[] bytes) {
    for (int before = 0; before < 3; before++) {
      var shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      int first = (before * 8 + 5) / 6;
      int last = shifted.length * 8 / 6;
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String text = encoder.withoutPadding().encodeToString(shifted);
        if (last > first) {
          forms.add(text.substring(first, last));
        }
        if (before == 0) {
          forms.add(text);
          forms.add(encoder.encodeToString(bytes));
        }
      }
    }
  }

  private static String strictPercent(byte[] bytes) {
    var out = new StringBuilder();
    for (byte b : bytes) {
      int c = b & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        out.append((char) c);
      } else {
        out.append('%').append(hex(new byte[] {b}).toUpperCase(Locale.ROOT));
      }
    }
    return out.toString();
  }

  private static String lowerEscapes(String percent) {
    var out = new StringBuilder(percent);
    for (int i = 0; i + 2 < out.length(); i++) {
      if (out.charAt(i) == '%') {
        out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
        out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
      }
    }
    return out.toString();
  }

  /// @param plainTo the last character that is left as it is; writers differ
  /// @param escaped what else is written as a number; those who fear for markup do so
  private static String json(String secret, int plainTo, String escaped) {
    var out = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c > plainTo || c < ' ' || escaped.indexOf(c) >= 0) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<byte[]> encoded(String form) {
    byte[] utf8 = form.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == form.length()) {
      return List.of(utf8);
    }
    byte[] disguised =
        new String(utf8, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
    var all = new ArrayList<>(List.of(utf8, disguised));
    if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(form)) {
      all.add(form.getBytes(StandardCharsets.ISO_8859_1));
    }
    return all;
  }

  /// The text with secrets masked; the same object when there are none in it.
  public String mask(String text) {
    if (forms.length == 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] masked = mask(bytes, false);
    return Arrays.equals(masked, bytes) ? text : new String(masked, StandardCharsets.UTF_8);
  }

  /// The bytes with secrets masked; the same array when there are none in it.
  ///
  /// @param cut whether something followed that is gone, so that the bytes may end within a secret
  public byte[] mask(byte[] bytes, boolean cut) {
    if (forms.length == 0) {
      return bytes;
    }
    ByteArrayOutputStream out = null;
    int copied = 0;
    for (int at = 0; at < bytes.length; at++) {
      int length = begins[bytes[at] & 0xff] ? found(bytes, at, cut) : 0;
      if (length > 0) {
        if (out == null) {
          out = new ByteArrayOutputStream(bytes.length);
        }
        out.write(bytes, copied, at - copied);
        out.write(SHOWN_BYTES, 0, SHOWN_BYTES.length);
        copied = at + length;
        at = copied - 1;
      }
    }
    if (out == null) {
      return bytes;
    }
    out.write(bytes, copied, bytes.length - copied);
    return out.toByteArray();
  }

  /// How long the longest secret at a place is; 0 for none.
  private int found(byte[] bytes, int at, boolean cut) {
    int left = bytes.length - at;
    for (byte[] form : forms) {
      int length = Math.min(form.length, left);
      if ((length == form.length || (cut && length >= SHORTEST))
          && Arrays.equals(form, 0, length, bytes, at, at + length)) {
        return length;
      }
    }
    return 0;
  }
}
