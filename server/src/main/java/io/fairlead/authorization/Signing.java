package io.fairlead.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a connector's requests are signed, with the secrets in the clear: in memory only, and never
/// in a `toString`.
public sealed interface Signing extends Proof {
  /// Not at all.
  enum None implements Signing {
    /// The only one.
    NONE
  }

  /// Standard Webhooks, symmetric: `webhook-signature: v1,<base64>` over `id.timestamp.body`.
  record StandardWebhooks(Keys keys) implements Signing {}

  /// A scheme of the receiver's own: an HMAC in a header.
  ///
  /// @param header the header of the signature
  /// @param prefix what stands before the signature, e.g. `sha256=`
  /// @param separator what stands between two signatures while a rotation lasts; null when the
  ///   receiver takes one only
  /// @param timestampHeader where the time of the attempt is sent in epoch seconds, null for
  ///   nowhere
  record Hmac(
      String header,
      Algorithm algorithm,
      Encoding encoding,
      SignedText prefix,
      @Nullable String separator,
      @Nullable String timestampHeader,
      SignedText signed,
      Keys keys)
      implements Signing {}

  /// What to sign with.
  ///
  /// @param current as its author wrote it: `whsec_…` for Standard Webhooks, else any text
  /// @param former what signs as well until `formerUntil`, null when there is none
  /// @param formerUntil epoch milliseconds
  record Keys(String current, @Nullable String former, long formerUntil) {
    /// A key that stands alone.
    public static Keys of(String current) {
      return new Keys(current, null, 0);
    }

    /// Another key, while this one goes on until then; with `until` 0 it ends at once.
    public Keys rotated(String next, long until) {
      return until == 0 ? of(next) : new Keys(next, current, until);
    }

    /// The keys that sign at a moment, the current one first.
    public List<String> at(long millis) {
      var keys = new ArrayList<String>(2);
      keys.add(current);
      if (former != null && millis < formerUntil) {
        keys.add(former);
      }
      return keys;
    }

    @Override
    public String toString() {
      return "Keys[formerUntil=" + formerUntil + "]";
    }
  }

  /// HMAC (RFC 2104) with one of these digests.
  enum Algorithm {
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256"),
    SHA512("HmacSHA512");

    private final String mac;

    Algorithm(String mac) {
      this.mac = mac;
    }

    /// Its name in the JDK.
    String mac() {
      return mac;
    }

    /// As it is written in a document.
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How a signature is written.
  enum Encoding {
    HEX,
    BASE64;

    /// As it is written in a document.
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The keys, null when nothing is signed.
  default @Nullable Keys signingKeys() {
    return switch (this) {
      case None none -> null;
      case StandardWebhooks(Keys keys) -> keys;
      case Hmac hmac -> hmac.keys();
    };
  }

  /// The same with other keys.
  default Signing with(Keys keys) {
    return switch (this) {
      case None none -> none;
      case StandardWebhooks standard -> new StandardWebhooks(keys);
      case Hmac h ->
          new Hmac(
              h.header(),
              h.algorithm(),
              h.encoding(),
              h.prefix(),
              h.separator(),
              h.timestampHeader(),
              h.signed(),
              keys);
    };
  }
}
