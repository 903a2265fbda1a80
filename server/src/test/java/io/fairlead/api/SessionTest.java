package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How people come in and go, and who tries to come in their place.
@ParameterizedClass
@EnumSource(Dialect.class)
final class SessionTest {
  private static final String OTHER_PASSWORD = "six words are better than four";

  private final Dialect dialect;
  private final HandClock clock = new HandClock(1_772_400_000_000L);
  private TestHub hub;
  private People people;

  SessionTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect, clock);
    people = new People(hub);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private boolean isSetupNeeded() {
    return people.anybody().get("/v1/setup").json().get("needed").asBoolean();
  }

  @Test
  void theFirstLinkMakesAnOperatorWhoOwnsTheDefaultTenant() {
    assertThat(isSetupNeeded()).isTrue();

    Answer made = people.setUp(people.firstToken(), "Ana@Example.com", "Ana", People.PASSWORD);

    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.json().at("/user/email").asString()).isEqualTo("ana@example.com");
    assertThat(made.json().at("/user/operator").asBoolean()).isTrue();
    assertThat(made.json().at("/tenants/0/role").asString()).isEqualTo("owner");
    assertThat(made.header("Set-Cookie"))
        .contains("; HttpOnly; SameSite=Lax")
        .contains("; Path=/;");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(isSetupNeeded()).isFalse();
    assertThat(hub.hub().firstLink()).isEmpty();
    assertThat(people.signedIn(made).get("/v1/connectors").status()).isEqualTo(200);
  }

  @Test
  void aLinkWorksOnce() {
    String token = people.firstToken();
    assertThat(people.setUp(token, "ana@example.com", "Ana", People.PASSWORD).status())
        .isEqualTo(201);

    Answer replayed = people.setUp(token, "eve@example.com", "Eve", People.PASSWORD);

    assertThat(replayed.status()).isEqualTo(400);
    assertThat(replayed.faults()).containsExactly("/token");
    assertThat(people.signIn("eve@example.com", People.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void aLinkWorksForAnHour() {
    String token = people.firstToken();
    clock.advance(Duration.ofHours(1));
    assertThat(people.setUp(token, "ana@example.com", "Ana", People.PASSWORD).faults())
        .containsExactly("/token");
  }

  @Test
  void aNewFirstLinkTakesThePlaceOfTheOneBefore() {
    String before = people.firstToken();
    String now = people.firstToken();
    assertThat(people.setUp(before, "ana@example.com", "Ana", People.PASSWORD).faults())
        .containsExactly("/token");
    assertThat(people.setUp(now, "ana@example.com", "Ana", People.PASSWORD).status())
        .isEqualTo(201);
  }

  @Test
  void aWrongPasswordOrNameDoesNotUseTheLinkUp() {
    String token = people.firstToken();
    assertThat(people.setUp(token, "ana@example.com", "Ana", "too short").faults())
        .containsExactly("/password");
    assertThat(people.setUp(token, "ana", "", "ana").faults()).containsExactly("/email", "/name");
    assertThat(
            people.setUp(token, "long.name@example.com", "Ana", "long.name@example.com").faults())
        .containsExactly("/password");
    assertThat(people.setUp(token, "ana@example.com", "Ana", "x".repeat(257)).faults())
        .containsExactly("/password");
    assertThat(people.setUp(token, "ana@example.com", "Ana", "twelve chars").status())
        .isEqualTo(201);
  }

  @Test
  void everyGuessOfAPasswordIsAnsweredAlike() {
    people.makeFirst();
    Answer known = people.signIn(People.ANA, "a wrong password");
    Answer unknown = people.signIn("nobody@example.com", "a wrong password");
    assertThat(known.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text()).isEqualTo(known.text());
  }

  @Test
  void whoGuessesTooOftenHasToWait() {
    people.makeFirst();
    for (int i = 0; i < 5; i++) {
      assertThat(people.signIn(People.ANA, "guess number " + i).status()).isEqualTo(401);
    }
    Answer refused = people.signIn(People.ANA, People.PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("300");
    clock.advance(Duration.ofMinutes(5));
    assertThat(people.signIn(People.ANA, People.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aChangeNeedsMoreThanTheCookie() {
    people.makeFirst();
    Answer answer = people.signIn(People.ANA, People.PASSWORD);
    HubClient cookieOnly = people.withCookie(answer);
    String body = "{\"id\":\"acme\"}";

    assertThat(cookieOnly.get("/v1/tenants").status()).isEqualTo(200);
    Answer refused = cookieOnly.post("/v1/tenants", body);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.faults()).containsExactly("Fairlead-Csrf");
    assertThat(cookieOnly.with("Fairlead-Csrf", "guessed").post("/v1/tenants", body).status())
        .isEqualTo(403);
    Answer another = people.signIn(People.ANA, People.PASSWORD);
    assertThat(
            cookieOnly
                .with("Fairlead-Csrf", another.json().get("csrf").asString())
                .post("/v1/tenants", body)
                .status())
        .as("the csrf of another session")
        .isEqualTo(403);
    assertThat(people.signedIn(answer).post("/v1/tenants", body).status()).isEqualTo(201);
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() {
    HubClient ana = people.first();
    String body = "{\"id\":\"acme\"}";
    for (HubClient evil :
        new HubClient[] {
          ana.with("Origin", "https://evil.example"),
          ana.with("Origin", "null"),
          ana.with("Sec-Fetch-Site", "cross-site"),
          ana.with("Sec-Fetch-Site", "same-site")
        }) {
      assertThat(evil.post("/v1/tenants", body).status()).isEqualTo(403);
    }
    HubClient evil = people.anybody().with("Origin", "https://evil.example");
    assertThat(evil.post("/v1/session", People.credentials(People.ANA, People.PASSWORD)).status())
        .as("signing a victim in as somebody else")
        .isEqualTo(403);
    String own = "http://127.0.0.1:" + hub.hub().port();
    assertThat(
            ana.with("Origin", own)
                .with("Sec-Fetch-Site", "same-origin")
                .post("/v1/tenants", body)
                .status())
        .isEqualTo(201);
  }

  @Test
  void aSessionThatWasPutThereBeforeIsNotTakenOver() {
    people.makeFirst();
    Answer planted = people.signIn(People.ANA, People.PASSWORD);

    Answer answer =
        people
            .withCookie(planted)
            .post("/v1/session", People.credentials(People.ANA, People.PASSWORD));

    assertThat(People.cookie(answer)).isNotEqualTo(People.cookie(planted));
    assertThat(people.withCookie(planted).get("/v1/session").status()).isEqualTo(401);
    HubClient two =
        people.anybody().with("Cookie", People.cookie(answer) + "; fairlead_session=another");
    assertThat(two.get("/v1/session").status()).as("two cookies of the name").isEqualTo(401);
  }

  @Test
  void aSessionEndsTwelveHoursAfterItsLastCall() {
    HubClient ana = people.first();
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofHours(11));
      assertThat(ana.get("/v1/session").status()).isEqualTo(200);
    }
    clock.advance(Duration.ofHours(12));
    assertThat(ana.get("/v1/session").status()).isEqualTo(401);
  }

  @Test
  void aSessionEndsAfterSevenDaysAtMost() {
    HubClient ana = people.first();
    for (int i = 0; i < 16; i++) {
      clock.advance(Duration.ofHours(10));
      assertThat(ana.get("/v1/session").status()).isEqualTo(200);
    }
    clock.advance(Duration.ofHours(8));
    assertThat(ana.get("/v1/session").status()).isEqualTo(401);
  }

  @Test
  void signingOutEndsThisSessionAndEverywhereAll() {
    HubClient here = people.first();
    HubClient there = people.first();
    HubClient third = people.first();

    Answer out = here.delete("/v1/session");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).startsWith("fairlead_session=; Path=/; Max-Age=0");
    assertThat(here.get("/v1/session").status()).isEqualTo(401);
    assertThat(there.get("/v1/session").status()).isEqualTo(200);

    assertThat(there.delete("/v1/sessions").status()).isEqualTo(204);
    assertThat(there.get("/v1/session").status()).isEqualTo(401);
    assertThat(third.get("/v1/session").status()).isEqualTo(401);
  }

  @Test
  void anotherPasswordEndsTheOtherSessions() {
    HubClient here = people.first();
    HubClient there = people.first();
    String change = "{\"current\":\"%s\",\"password\":\"%s\"}";

    Answer wrong = here.put("/v1/session/password", change.formatted("not mine", OTHER_PASSWORD));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.faults()).containsExactly("/current");
    assertThat(
            here.put("/v1/session/password", change.formatted(People.PASSWORD, OTHER_PASSWORD))
                .status())
        .isEqualTo(204);

    assertThat(here.get("/v1/session").status()).isEqualTo(200);
    assertThat(there.get("/v1/session").status()).isEqualTo(401);
    assertThat(people.signIn(People.ANA, People.PASSWORD).status()).isEqualTo(401);
    assertThat(people.signIn(People.ANA, OTHER_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void sessionsOutliveTheHub() {
    people.makeFirst();
    Answer signedIn = people.signIn(People.ANA, People.PASSWORD);
    hub.restart();
    assertThat(people.signedIn(signedIn).get("/v1/session").status()).isEqualTo(200);
    assertThat(people.signIn(People.ANA, People.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aKeyHasNoSession() {
    assertThat(hub.client().get("/v1/session").status()).isEqualTo(403);
    assertThat(people.anybody().get("/v1/session").status()).isEqualTo(401);
  }
}
