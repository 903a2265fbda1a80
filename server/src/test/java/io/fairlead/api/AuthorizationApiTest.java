package io.fairlead.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Authorizations of their own, from the API to the third party and back.
@ParameterizedClass
@EnumSource(Dialect.class)
final class AuthorizationApiTest {
  private static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SECOND = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private final HandClock clock = new HandClock(System.currentTimeMillis());
  private final ThirdParty party = ThirdParty.open();
  private final TestHub hub;
  private final HubClient client;
  private int count;

  AuthorizationApiTest(Dialect dialect) {
    hub = TestHub.start(dialect, clock);
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private String host() {
    return "http://127.0.0.1:" + party.port();
  }

  private String authorization(String kind, String more) {
    return id(
        client.post(
            "/v1/authorizations",
            "{\"name\":\"a%d\",\"kind\":\"%s\",%s,\"hosts\":[\"%s\"]}"
                .formatted(++count, kind, more, host())));
  }

  private String connector(String path, String more) {
    return id(client.post("/v1/connectors", document(path, more)));
  }

  private String document(String path, String more) {
    return "{\"name\":\"c%d\",\"method\":\"POST\",\"url\":\"%s\",\"triggers\":[{\"eventType\":\"*\"}],%s}"
        .formatted(++count, party.url(path), more);
  }

  private static String id(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(201, 202);
    return answer.json().get("id").asString();
  }

  /// Sends an event and waits for what the third party gets.
  private Received received(String path, int number) {
    var _ = id(client.post("/v1/events", "{\"type\":\"a.b\",\"data\":{\"ä\":1.10}}"));
    return party.await(path, number).get(number - 1);
  }

  private String attempt(int number) {
    String list = "/v1/deliveries?sort=createdAt";
    TestHub.await(
        "delivery " + number + " ended",
        () -> {
          JsonNode data = client.get(list).json().get("data");
          return data.size() >= number && !data.get(number - 1).get("endedAt").isNull();
        });
    String delivery = client.get(list).json().at("/data/%d/id".formatted(number - 1)).asString();
    String attempt =
        client.get("/v1/deliveries/" + delivery).json().at("/attempts/0/id").asString();
    return client.get("/v1/attempts/" + attempt).text();
  }

  private static boolean verifies(String secret, Received received) {
    try {
      new Webhook(secret)
          .verify(
              received.text(),
              Map.of(
                  "webhook-id", received.all("webhook-id"),
                  "webhook-timestamp", received.all("webhook-timestamp"),
                  "webhook-signature", received.all("webhook-signature")));
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  @Test
  void aReceiverVerifiesTheSignatureOfExactlyWhatItGot() {
    String signing = authorization("standardWebhooks", "\"secret\":\"%s\"".formatted(FIRST));
    var _ = connector("/hook", "\"signing\":{\"id\":\"%s\"}".formatted(signing));

    Received received = received("/hook", 1);

    assertThat(verifies(FIRST, received)).isTrue();
    assertThat(verifies(SECOND, received)).isFalse();
    assertThat(attempt(1))
        .contains("{\"name\":\"webhook-signature\",\"value\":\"***\"}")
        .contains(requireNonNull(received.header("webhook-id")));
  }

  @Test
  void bothSecretsVerifyUntilTheOverlapEnds() {
    String signing = authorization("standardWebhooks", "\"secret\":\"%s\"".formatted(FIRST));
    var _ = connector("/hook", "\"signing\":{\"id\":\"%s\"}".formatted(signing));
    Answer rotated =
        client.post(
            "/v1/authorizations/" + signing + "/rotate",
            "{\"secret\":\"%s\",\"overlap\":\"2m\"}".formatted(SECOND));
    assertThat(rotated.json().get("overlapEndsAt").isNull()).as("%s", rotated).isFalse();

    Received during = received("/hook", 1);
    assertThat(verifies(FIRST, during) && verifies(SECOND, during)).isTrue();

    clock.advance(Duration.ofMinutes(2));
    Received after = received("/hook", 2);
    assertThat(verifies(FIRST, after)).isFalse();
    assertThat(verifies(SECOND, after)).isTrue();
    assertThat(client.get("/v1/authorizations/" + signing).json().get("overlapEndsAt").isNull())
        .isTrue();
  }

  @Test
  void aReceiverWithItsOwnSchemeVerifiesByAMac() throws GeneralSecurityException {
    var _ =
        connector(
            "/hook?x=%20",
            """
            "authorization":{"kind":"custom","parameters":[{"in":"body","name":"key","value":"k-1234"}]},
            "signing":{"kind":"hmac","header":"X-Hub-Signature-256","algorithm":"sha256",
              "encoding":"hex","prefix":"sha256=","timestampHeader":"X-Time",
              "signed":"{{$timestamp}} {{$method}} {{$target}}\\n{{$body}}","secret":"ß-secret"}
            """);

    Received received = received("/hook", 1);

    assertThat(received.text()).endsWith(",\"key\":\"k-1234\"}");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("ß-secret".getBytes(UTF_8), "HmacSHA256"));
    mac.update((received.header("X-Time") + " POST /hook?x=%20\n").getBytes(UTF_8));
    assertThat(received.header("X-Hub-Signature-256"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(received.body())));
    assertThat(attempt(1))
        .contains("\"X-Hub-Signature-256\",\"value\":\"***\"", "\\\"key\\\":\\\"***\\\"")
        .doesNotContain("k-1234");
  }

  @Test
  void everyPlaceIsFilledAndNothingOfItIsShown() {
    String custom =
        authorization(
            "custom",
            """
            "parameters":[{"in":"header","name":"X-Client","value":"client-secret"},
             {"in":"query","name":"key","value":"query secret&"},
             {"in":"body","name":"token","value":"body-secret"}]
            """);
    var _ =
        connector(
            "/all?a=b",
            """
            "body":{"type":"form","fields":[{"name":"x","value":"1"}]},"authorization":{"id":"%s"}
            """
                .formatted(custom));

    Received received = received("/all", 1);

    assertThat(received.header("X-Client")).isEqualTo("client-secret");
    assertThat(received.target()).isEqualTo("/all?a=b&key=query%20secret%26");
    assertThat(received.text()).isEqualTo("x=1&token=body-secret");
    String attempt = attempt(1);
    assertThat(attempt)
        .contains("/all?a=b&key=***", "\"X-Client\",\"value\":\"***\"", "x=1&token=***")
        .doesNotContain("client-secret", "query", "body-secret");
  }

  @Test
  void anApiKeyGoesIntoHeaderOrCookie() {
    String header =
        authorization(
            "apiKey",
            "\"in\":\"header\",\"keyName\":\"X-Auth\",\"prefix\":\"Token \",\"key\":\"key-1234\"");
    String cookie =
        authorization("apiKey", "\"in\":\"cookie\",\"keyName\":\"sid\",\"key\":\"sid-1234\"");
    var _ = connector("/header", "\"authorization\":{\"id\":\"%s\"}".formatted(header));
    var _ = connector("/cookie", "\"authorization\":{\"id\":\"%s\"}".formatted(cookie));

    assertThat(received("/header", 1).header("X-Auth")).isEqualTo("Token key-1234");
    assertThat(party.await("/cookie", 1).getFirst().header("Cookie")).isEqualTo("sid=sid-1234");
    String attempts = attempt(1) + attempt(2);
    assertThat(attempts)
        .contains("\"X-Auth\",\"value\":\"Token ***\"", "\"Cookie\",\"value\":\"sid=***\"")
        .doesNotContain("key-1234", "sid-1234");
  }

  @Test
  void aChangeBindsEveryLaterCallOfItsUsers() {
    String bearer = authorization("bearer", "\"token\":\"first-token\"");
    String connector = connector("/hook", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer));
    assertThat(received("/hook", 1).header("Authorization")).isEqualTo("Bearer first-token");

    Answer changed = client.patch("/v1/authorizations/" + bearer, "{\"token\":\"second-token\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().at("/usedBy/0/id").asString()).isEqualTo(connector);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(received("/hook", 2).header("Authorization")).isEqualTo("Bearer second-token");
    assertThat(client.get("/v1/connectors/" + connector).json().get("revision").asInt())
        .isEqualTo(1);
    hub.restart();
    HubClient again = hub.client();
    var _ = again.post("/v1/events", "{\"type\":\"a.b\",\"data\":1}");
    assertThat(party.await("/hook", 3).get(2).header("Authorization"))
        .isEqualTo("Bearer second-token");
  }

  @Test
  void whatIsUsedIsNotDeleted() {
    String bearer = authorization("bearer", "\"token\":\"t\"");
    String connector = connector("/hook", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer));

    Answer refused = client.delete("/v1/authorizations/" + bearer);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains(connector);
    assertThat(client.patch("/v1/connectors/" + connector, "{\"authorization\":null}").status())
        .isEqualTo(200);
    assertThat(client.delete("/v1/authorizations/" + bearer).status()).isEqualTo(204);
    assertThat(client.get("/v1/authorizations/" + bearer).status()).isEqualTo(404);
    assertThat(client.delete("/v1/authorizations/" + bearer).status()).isEqualTo(404);
  }

  @Test
  void itIsSentToItsHostsOnly() {
    String bearer = authorization("bearer", "\"token\":\"t-1234\"");
    String elsewhere =
        document("/x", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer))
            .replace("127.0.0.1", "127.0.0.2");

    Answer refused = client.post("/v1/connectors", elsewhere);

    assertThat(refused.faults()).containsExactly("/authorization/id");
    assertThat(refused.text()).contains("may not be sent to", "An admin can add");

    var _ = connector("/hook", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer));
    assertThat(
            client
                .patch("/v1/authorizations/" + bearer, "{\"hosts\":[\"api.example.com\"]}")
                .status())
        .isEqualTo(200);
    var _ = id(client.post("/v1/events", "{\"type\":\"a.b\",\"data\":1}"));
    assertThat(attemptOfFailed()).contains("\"errorClass\":\"BLOCKED\"", "may not be sent to");
    hub.restart();
    assertThat(party.received()).isEmpty();
  }

  private String attemptOfFailed() {
    String list = "/v1/deliveries?state=FAILED";
    TestHub.await("one failed", () -> client.get(list).json().get("data").size() == 1);
    return client.get(list).text().replace("lastErrorClass", "errorClass");
  }

  @Test
  void onlyAnAdminChangesHosts() {
    String bearer = authorization("bearer", "\"token\":\"t-1234\"");
    HubClient user =
        client.withKey(
            client
                .post("/v1/api-keys", "{\"name\":\"u\",\"role\":\"power_user\"}")
                .json()
                .get("key")
                .asString());
    String path = "/v1/authorizations/" + bearer;
    assertThat(user.patch(path, "{\"hosts\":[\"evil.example\"]}").status()).isEqualTo(403);
    String replaced =
        "{\"name\":\"z\",\"kind\":\"bearer\",\"token\":\"t2\",\"hosts\":[\"%s\",\"evil.example\"]}";
    assertThat(user.put(path, replaced.formatted(host())).status()).isEqualTo(403);
    assertThat(user.put(path, replaced.formatted(host()).replace(",\"evil.example\"", "")).status())
        .isEqualTo(200);
    assertThat(user.patch(path, "{\"hosts\":[\"%s\"]}".formatted(host())).status()).isEqualTo(200);
    assertThat(client.patch(path, "{\"hosts\":[\"good.example\"]}").status()).isEqualTo(200);
  }

  @Test
  void aChangeThatAUserHasNoRoomForIsRefused() {
    String bearer = authorization("bearer", "\"token\":\"t-1234\"");
    String connector =
        connector(
            "/hook",
            "\"headers\":[{\"name\":\"X-Key\",\"value\":\"mine\"}],\"authorization\":{\"id\":\"%s\"}"
                .formatted(bearer));
    Answer refused =
        client.patch(
            "/v1/authorizations/" + bearer,
            "{\"kind\":\"apiKey\",\"in\":\"header\",\"keyName\":\"x-key\",\"key\":\"k\",\"token\":null}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains(connector, "/headers/0/name");
    assertThat(client.get("/v1/authorizations/" + bearer).json().get("kind").asString())
        .isEqualTo("bearer");
  }

  @Test
  void verifyingSaysWhatCameBackAndShowsNoSecret() {
    String bearer = authorization("bearer", "\"token\":\"t-o-k-e-n-1234\"");
    String path = "/v1/authorizations/" + bearer + "/verify";
    party.on(
        "/me",
        ThirdParty.Answer.status(401)
            .body("text/plain", "what is t-o-k-e-n-1234?".getBytes(UTF_8)));

    Answer refused = client.post(path, "{\"url\":\"%s\"}".formatted(party.url("/me")));
    Answer right =
        client.post(path, "{\"url\":\"%s\",\"method\":\"POST\"}".formatted(party.url("/ok")));

    assertThat(refused.json().get("ok").asBoolean()).isFalse();
    assertThat(refused.text())
        .contains("The third party answered 401.", "what is ***?", "Bearer ***")
        .doesNotContain("t-o-k-e-n");
    assertThat(right.json().get("ok").asBoolean()).isTrue();
    assertThat(party.received().get(0).header("Authorization")).isEqualTo("Bearer t-o-k-e-n-1234");
    assertThat(party.received().get(1).text()).isEqualTo("{}");
    assertThat(client.get("/v1/deliveries").json().get("total").asInt()).isZero();

    assertThat(client.post(path, "{\"url\":\"https://evil.example/\"}").faults())
        .containsExactly("/url");
    assertThat(client.post(path, "{\"url\":\"%s{{x}}\"}".formatted(party.url("/"))).faults())
        .contains("/url");
    assertThat(client.post(path, "{\"url\":\"https://a\",\"method\":\"PUT\"}").faults())
        .contains("/method");
  }

  @Test
  void aSecretOfAnAuthorizationIsNotTakenOverIntoAConnector() {
    String bearer = authorization("bearer", "\"token\":\"t-1234\"");
    String connector = connector("/hook", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer));
    String path = "/v1/connectors/" + connector;

    assertThat(client.patch(path, "{\"authorization\":{\"kind\":\"bearer\"}}").faults())
        .containsExactly("/authorization/token");
    assertThat(
            client
                .patch(path, "{\"authorization\":{\"kind\":\"bearer\",\"token\":{\"set\":true}}}")
                .faults())
        .containsExactly("/authorization/token");
    assertThat(
            client
                .patch(path, "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"own\"}}")
                .json()
                .at("/authorization/token/set")
                .asBoolean())
        .isTrue();
    assertThat(
            client
                .patch(path, "{\"authorization\":{\"id\":\"%s\"}}".formatted(bearer))
                .json()
                .at("/authorization/id")
                .asString())
        .isEqualTo(bearer);
  }

  @Test
  void secretsInPlaceAreSentAgainForAnotherHost() {
    String connector =
        connector(
            "/hook",
            """
            "authorization":{"kind":"custom","parameters":[{"in":"query","name":"k","value":"v"}]},
            "signing":{"kind":"standardWebhooks","secret":"%s"}
            """
                .formatted(FIRST));
    String url = "\"url\":\"https://b.example/\"";
    assertThat(client.patch("/v1/connectors/" + connector, "{%s}".formatted(url)).faults())
        .containsExactly("/authorization/parameters/0/value", "/signing/secret");
    assertThat(
            client
                .patch(
                    "/v1/connectors/" + connector,
                    """
                    {%s,"authorization":{"parameters":"k=w"},"signing":{"secret":"%s"}}
                    """
                        .formatted(url, FIRST))
                .status())
        .isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsNamedWithTheNearest() {
    String bearer = authorization("bearer", "\"token\":\"t\"");
    String other = bearer.substring(0, bearer.length() - 1) + (bearer.endsWith("0") ? "1" : "0");
    for (String given : List.of(other, "a1")) {
      Answer refused =
          client.post(
              "/v1/connectors",
              document("/x", "\"authorization\":{\"id\":\"%s\"}".formatted(given)));
      assertThat(refused.faults()).containsExactly("/authorization/id");
      assertThat(refused.text()).contains(bearer);
    }
    Answer wrongKind =
        client.post(
            "/v1/connectors", document("/x", "\"signing\":{\"id\":\"%s\"}".formatted(bearer)));
    assertThat(wrongKind.faults()).containsExactly("/signing/id");

    var _ = client.post("/v1/tenants", "{\"id\":\"acme\"}");
    HubClient acme = client.forTenant("acme");
    assertThat(acme.get("/v1/authorizations/" + bearer).status()).isEqualTo(404);
    assertThat(acme.get("/v1/authorizations").json().get("total").asInt()).isZero();
    Answer foreign =
        acme.post(
            "/v1/connectors",
            document("/x", "\"authorization\":{\"id\":\"%s\"}".formatted(bearer)));
    assertThat(foreign.faults()).containsExactly("/authorization/id");
  }

  @Test
  void aTemplateMayNameTheFieldsOfItsAuthorization() {
    String basic = authorization("basic", "\"username\":\"u-1234\",\"password\":\"p-1234\"");
    String more =
        """
        "headers":[{"name":"X-Pass","value":"{{$secret.password | base64}}"}],
        "body":{"type":"json","template":"{\\"user\\":\\"{{$secret.username}}\\"}"},
        "authorization":{"id":"%s"}
        """
            .formatted(basic);
    assertThat(
            client
                .post("/v1/connectors", document("/x", more.replace("$secret.u", "$secret.U")))
                .faults())
        .containsExactly("/body/template");
    var _ = connector("/hook", more);

    Received received = received("/hook", 1);

    assertThat(received.header("X-Pass")).isEqualTo("cC0xMjM0");
    assertThat(received.text()).isEqualTo("{\"user\":\"u-1234\"}");
    assertThat(attempt(1))
        .contains("\"X-Pass\",\"value\":\"***\"", "{\\\"user\\\":\\\"***\\\"}")
        .doesNotContain("p-1234", "cC0xMjM0", "u-1234");
    Answer rotated =
        client.post("/v1/authorizations/" + basic + "/rotate", "{\"secret\":\"q-1234\"}");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(received("/hook", 2).header("X-Pass")).isEqualTo("cS0xMjM0");
    Answer refused =
        client.patch(
            "/v1/authorizations/" + basic,
            "{\"kind\":\"bearer\",\"token\":\"t\",\"username\":null,\"password\":null}");
    assertThat(refused.status()).as("%s", refused).isEqualTo(409);
    assertThat(refused.text()).contains("The authorization has no ");
  }

  @Test
  void noSecretEverComesOut() {
    List<String> secrets =
        List.of("pass-123", "tok-1234", "key-1234", "par-1234", FIRST, "mac-1234");
    List<String> made =
        List.of(
            authorization("basic", "\"username\":\"u\",\"password\":\"pass-123\""),
            authorization("bearer", "\"token\":\"tok-1234\""),
            authorization("apiKey", "\"in\":\"query\",\"keyName\":\"k\",\"key\":\"key-1234\""),
            authorization(
                "custom",
                "\"parameters\":[{\"in\":\"body\",\"name\":\"p\",\"value\":\"par-1234\"}]"),
            authorization("standardWebhooks", "\"secret\":\"%s\"".formatted(FIRST)),
            authorization(
                "hmac",
                """
                "header":"X-S","algorithm":"sha1","encoding":"base64","signed":"{{$body}}",
                "secret":"mac-1234"
                """));
    var seen = new StringBuilder(client.get("/v1/authorizations").text());
    for (String id : made) {
      seen.append(client.get("/v1/authorizations/" + id).text());
      seen.append(client.patch("/v1/authorizations/" + id, "{\"name\":7,\"secret\":9}").text());
      seen.append(
          client
              .post(
                  "/v1/authorizations/" + id + "/verify",
                  "{\"url\":\"%s\",\"method\":\"POST\"}".formatted(party.url("/v")))
              .text());
    }
    assertThat(seen).doesNotContain(secrets);
    assertThat(party.received()).hasSize(made.size());
    assertThat(client.get("/v1/authorizations").json().get("total").asInt()).isEqualTo(made.size());
  }
}
