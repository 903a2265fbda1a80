package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.api.People;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first start as an operator sees it, with processes as they are run for real, behind a proxy
/// that speaks HTTPS: who gets in, and how.
final class FirstStartTest {
  private static final String PUBLIC = "https://hub.example.com";
  private static final Pattern LINK =
      Pattern.compile(Pattern.quote(PUBLIC) + "/setup\\?token=([A-Za-z0-9_-]{43})");

  @TempDir private Path folder;

  private Map<String, String> settings() {
    Map<String, String> settings = HubProcess.settings(folder, null);
    settings.put("FAIRLEAD_PUBLIC_URL", PUBLIC);
    settings.put("FAIRLEAD_TRUSTED_PROXIES", "127.0.0.1");
    return settings;
  }

  private static HubClient anybody(HubProcess hub) {
    return hub.client().withKey(null);
  }

  private static String token(HubProcess printed) {
    TestHub.await("a link is printed", () -> LINK.matcher(printed.output()).find());
    Matcher link = LINK.matcher(printed.output());
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  private static Answer setUp(HubProcess hub, String token, String email) {
    return anybody(hub)
        .post(
            "/v1/setup",
            "{\"token\":\"%s\",\"email\":\"%s\",\"name\":\"N\",\"password\":\"%s\"}"
                .formatted(token, email, People.PASSWORD));
  }

  private static Answer signIn(HubProcess hub, String from, String password) {
    return anybody(hub)
        .with("X-Forwarded-For", "203.0.113.9, " + from)
        .post(
            "/v1/session",
            "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(People.ANA, password));
  }

  private static Answer session(HubProcess hub, Answer signedIn) {
    return anybody(hub).with("Cookie", People.cookie(signedIn)).get("/v1/session");
  }

  @Test
  void aLinkIsPrintedOnceAndMoreLinksByUserAdd() {
    try (var hub = HubProcess.start(settings()).awaitReady()) {
      String token = token(hub);
      Answer ana = setUp(hub, token, People.ANA);
      assertThat(ana.status()).as("%s", ana).isEqualTo(201);
      assertThat(ana.header("Set-Cookie")).contains("; HttpOnly; SameSite=Lax; Secure");
      assertThat(session(hub, ana).json().at("/tenants/0/role").asString()).isEqualTo("owner");
      assertThat(setUp(hub, token, "eve@example.com").status()).isEqualTo(400);

      try (var add =
          HubProcess.start(settings(), "user", "add", "vic@example.com", "--role", "viewer")) {
        assertThat(add.awaitExit()).as(add.output()).isZero();
        Answer vic = setUp(hub, token(add), "vic@example.com");
        assertThat(vic.status()).as("%s", vic).isEqualTo(201);
        assertThat(session(hub, vic).json().at("/tenants/0/role").asString()).isEqualTo("viewer");
      }
      hub.terminate();
      assertThat(hub.awaitExit()).isZero();
    }
    try (var again = HubProcess.start(settings()).awaitReady()) {
      assertThat(again.output()).doesNotContain("/setup?token=");
      assertThat(signIn(again, "198.51.100.1", People.PASSWORD).status()).isEqualTo(200);
    }
  }

  @Test
  void whoGuessesWaitsAndTheOthersBehindTheSameProxyDoNot() {
    try (var hub = HubProcess.start(settings()).awaitReady()) {
      assertThat(setUp(hub, token(hub), People.ANA).status()).isEqualTo(201);
      for (int i = 0; i < 5; i++) {
        assertThat(signIn(hub, "198.51.100.7", "guess number " + i).status()).isEqualTo(401);
      }
      Answer refused = signIn(hub, "198.51.100.7", People.PASSWORD);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isBetween(1, 300);
      Answer elsewhere = signIn(hub, "198.51.100.8", People.PASSWORD);
      assertThat(elsewhere.status()).as("%s", elsewhere).isEqualTo(200);
      assertThat(elsewhere.header("Set-Cookie")).endsWith("; Secure");
    }
  }
}
