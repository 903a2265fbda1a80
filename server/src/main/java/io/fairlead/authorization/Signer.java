package io.fairlead.authorization;

import io.fairlead.http.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs the requests of one connector. Keeps its keys ready, so it belongs to one thread.
public final class Signer {
  private final Signing signing;
  private final List<Mac> macs;
  private final long formerUntil;

  private Signer(Signing signing, List<Mac> macs, long formerUntil) {
    this.signing = signing;
    this.macs = macs;
    this.formerUntil = formerUntil;
  }

  /// A signer, or null when nothing is to be signed.
  public static @Nullable Signer of(Signing signing) {
    return switch (signing) {
      case Signing.None none -> null;
      case Signing.StandardWebhooks(Signing.Keys keys) ->
          signer(signing, keys, Signing.Algorithm.SHA256, true);
      case Signing.Hmac hmac -> signer(signing, hmac.keys(), hmac.algorithm(), false);
    };
  }

  private static Signer signer(
      Signing signing, Signing.Keys keys, Signing.Algorithm algorithm, boolean standard) {
    var macs = new ArrayList<Mac>();
    for (String key : keys.at(0)) {
      byte[] bytes =
          standard ? WebhookSecret.bytes(key).orElseThrow() : key.getBytes(StandardCharsets.UTF_8);
      macs.add(mac(algorithm, bytes));
    }
    return new Signer(signing, macs, keys.formerUntil());
  }

  private static Mac mac(Signing.Algorithm algorithm, byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm.mac());
      mac.init(new SecretKeySpec(key, algorithm.mac()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The headers that a signed request carries besides its own.
  ///
  /// @param nowMillis decides whether a former key still signs
  public List<Header> headers(ToSign request, long nowMillis) {
    return switch (signing) {
      case Signing.None none -> List.of();
      case Signing.StandardWebhooks standard ->
          List.of(new Header("webhook-signature", standard(request, nowMillis)));
      case Signing.Hmac hmac -> hmac(hmac, request, nowMillis);
    };
  }

  private int count(long nowMillis) {
    return macs.size() == 2 && nowMillis >= formerUntil ? 1 : macs.size();
  }

  private String standard(ToSign request, long nowMillis) {
    byte[] start =
        (request.id() + "." + request.timestamp() + ".").getBytes(StandardCharsets.US_ASCII);
    var signatures = new StringBuilder(64);
    for (int i = 0; i < count(nowMillis); i++) {
      Mac mac = macs.get(i);
      mac.update(start);
      signatures.append(i == 0 ? "v1," : " v1,");
      signatures.append(Base64.getEncoder().encodeToString(mac.doFinal(request.body())));
    }
    return signatures.toString();
  }

  private List<Header> hmac(Signing.Hmac hmac, ToSign request, long nowMillis) {
    var value = new StringBuilder(128);
    var prefix = new ByteArrayOutputStream();
    hmac.prefix().write(request, prefix::writeBytes);
    value.append(prefix.toString(StandardCharsets.US_ASCII));
    String separator = hmac.separator();
    int signatures = separator == null ? 1 : count(nowMillis);
    for (int i = 0; i < signatures; i++) {
      Mac mac = macs.get(i);
      hmac.signed().write(request, mac::update);
      byte[] signature = mac.doFinal();
      if (i > 0) {
        value.append(separator);
      }
      value.append(
          switch (hmac.encoding()) {
            case HEX -> HexFormat.of().formatHex(signature);
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
          });
    }
    var signed = new Header(hmac.header(), value.toString());
    return Optional.ofNullable(hmac.timestampHeader())
        .map(name -> List.of(new Header(name, Long.toString(request.timestamp())), signed))
        .orElse(List.of(signed));
  }
}
