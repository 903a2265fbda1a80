package io.fairlead.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.fairlead.http.Header;
import io.fairlead.render.Origin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String FORMER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final Origin ORIGIN = new Origin(true, "hooks.example.com", 8443);

  private static ToSign request(String id, long timestamp, String body) {
    return new ToSign(id, timestamp, "POST", ORIGIN, "/in?a=%20b&c=", body.getBytes(UTF_8));
  }

  private static List<Header> signed(Signing signing, ToSign request, long now) {
    return Objects.requireNonNull(Signer.of(signing)).headers(request, now);
  }

  private static String value(Signing signing, ToSign request, long now) {
    return signed(signing, request, now).getLast().value();
  }

  private static Signing hmac(
      String algorithm,
      String encoding,
      String prefix,
      @Nullable String separator,
      String signed,
      Signing.Keys keys) {
    return new Signing.Hmac(
        "X-Signature",
        Signing.Algorithm.valueOf(algorithm),
        Signing.Encoding.valueOf(encoding),
        text(prefix),
        separator,
        null,
        text(signed),
        keys);
  }

  private static SignedText text(String source) {
    return ((SignedText.Parsed.Good) SignedText.parse(source)).text();
  }

  /// From the documentation of Svix, who wrote the standard.
  @Test
  void signsAsThePublishedExample() {
    var signing = new Signing.StandardWebhooks(Signing.Keys.of(SECRET));
    var request = request("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
    assertThat(signed(signing, request, 0))
        .containsExactly(
            new Header("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
  }

  @Test
  void whileARotationLastsEitherSecretVerifies() {
    long now = System.currentTimeMillis();
    var keys = Signing.Keys.of(FORMER).rotated(SECRET, now + 1);
    var request = request("dlv_1", now / 1_000, "{\"ä\":1}");
    String both = value(new Signing.StandardWebhooks(keys), request, now);
    String one = value(new Signing.StandardWebhooks(keys), request, now + 1);

    assertThat(both.split(" ")).hasSize(2);
    assertThatCode(() -> verify(SECRET, request, both)).doesNotThrowAnyException();
    assertThatCode(() -> verify(FORMER, request, both)).doesNotThrowAnyException();
    assertThatCode(() -> verify(SECRET, request, one)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(FORMER, request, one))
        .isInstanceOf(WebhookVerificationException.class);
  }

  private static void verify(String secret, ToSign request, String signature)
      throws WebhookVerificationException {
    new Webhook(secret)
        .verify(
            new String(request.body(), UTF_8),
            Map.of(
                "webhook-id", List.of(request.id()),
                "webhook-timestamp", List.of(Long.toString(request.timestamp())),
                "webhook-signature", List.of(signature)));
  }

  /// From GitHub's documentation of X-Hub-Signature-256.
  @Test
  void signsAsGitHubSaysItDoes() {
    var keys = Signing.Keys.of("It's a Secret to Everybody");
    Signing signing = hmac("SHA256", "HEX", "sha256=", null, "{{$body}}", keys);
    assertThat(value(signing, request("x", 1, "Hello, World!"), 0))
        .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA1, HEX, 40",
    "SHA1, BASE64, 28",
    "SHA256, BASE64, 44",
    "SHA512, HEX, 128",
    "SHA512, BASE64, 88"
  })
  void everyAlgorithmAndEncodingHasItsLength(String algorithm, String encoding, int length) {
    Signing signing = hmac(algorithm, encoding, "", null, "{{$body}}", Signing.Keys.of("key"));
    assertThat(value(signing, request("x", 1, "The quick brown fox"), 0)).hasSize(length);
  }

  /// RFC 2202, 3, test case 2.
  @Test
  void signsWithSha1AsTheRfcSays() {
    Signing signing =
        hmac("SHA1", "HEX", "", null, "what do ya want for nothing?", Signing.Keys.of("Jefe"));
    assertThat(value(signing, request("x", 1, ""), 0))
        .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  }

  @Test
  void theSignedTextHasEveryPartOfTheRequest() {
    SignedText all =
        text(
            "{{$id}}|{{$timestamp}}|{{ $method }}|{{$url}}|{{$target}}|{{$path}}|{{$query}}"
                + "|{{$host}}|{{$body}}|}}");
    var out = new StringBuilder();
    all.write(request("dlv_1", 12, "bö"), bytes -> out.append(new String(bytes, UTF_8)));
    assertThat(out)
        .hasToString(
            "dlv_1|12|POST|https://hooks.example.com:8443/in?a=%20b&c=|/in?a=%20b&c=|/in|a=%20b&c="
                + "|hooks.example.com:8443|bö|}}");
  }

  @Test
  void severalSignaturesStandInOneHeaderWhereTheReceiverTakesThem() {
    var keys = Signing.Keys.of("old").rotated("new", 1_000);
    Signing several = hmac("SHA256", "HEX", "t={{$timestamp}},v1=", ",v1=", "{{$body}}", keys);
    assertThat(value(several, request("x", 7, "a"), 999))
        .matches("t=7,v1=[0-9a-f]{64},v1=[0-9a-f]{64}");
    assertThat(value(several, request("x", 7, "a"), 1_000)).matches("t=7,v1=[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource({
    "{{$bdy}}, 'Column 1: Expected one of $id,'",
    "{{$bdy}}, 'Did you mean \"$body\"?'",
    "a {{$body, 'Column 3: Expected }} after {{.'",
    "{{name}}, 'but found name.'",
    "{{$body | upper}}, 'but found $body | upper.'"
  })
  void aTextThatCannotBeReadIsNamed(String source, String expected) {
    assertThat(SignedText.parse(source))
        .isInstanceOfSatisfying(
            SignedText.Parsed.Bad.class, bad -> assertThat(bad.sentence()).contains(expected));
  }

  @Test
  void nothingIsSignedWithoutSigning() {
    assertThat(Signer.of(Signing.None.NONE)).isNull();
  }
}
