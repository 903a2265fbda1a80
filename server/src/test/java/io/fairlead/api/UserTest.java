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

/// Who may let whom in, and as what.
@ParameterizedClass
@EnumSource(Dialect.class)
final class UserTest {
  private final Dialect dialect;
  private final HandClock clock = new HandClock(1_772_400_000_000L);
  private TestHub hub;
  private People people;
  private HubClient ana;

  UserTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect, clock);
    people = new People(hub);
    ana = people.first();
    for (String tenant : new String[] {"acme", "other"}) {
      assertThat(ana.post("/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant)).status())
          .isEqualTo(201);
    }
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static String user(String email, String role) {
    return "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(email, role);
  }

  private static String path(Answer invited) {
    return "/v1/users/" + invited.json().get("id").asString();
  }

  private static String link(Answer invited) {
    assertThat(invited.status()).as("%s", invited).isEqualTo(201);
    return People.token(invited.json().get("link").asString());
  }

  @Test
  void whoIsInvitedIsWhatTheInvitationSays() {
    Answer invited = ana.forTenant("acme").post("/v1/users", user("Ben@Example.com", "power_user"));
    assertThat(invited.json().get("state").asString()).isEqualTo("invited");
    assertThat(people.signIn("ben@example.com", People.PASSWORD).status()).isEqualTo(401);

    HubClient ben =
        people.signedIn(people.setUp(link(invited), "ben@example.com", "Ben", People.PASSWORD));

    assertThat(ben.get("/v1/session").json().at("/tenants/0/role").asString())
        .isEqualTo("power_user");
    assertThat(ben.get("/v1/connectors").status()).as("of his first tenant").isEqualTo(200);
    assertThat(ben.forTenant("acme").get("/v1/connectors").status()).isEqualTo(200);
    assertThat(ben.forTenant("other").get("/v1/connectors").status()).isEqualTo(403);
    assertThat(ben.forTenant("nobody").get("/v1/connectors").status()).isEqualTo(403);
    assertThat(ben.get("/v1/users").status()).isEqualTo(403);
    assertThat(ben.get("/v1/tenants").status()).isEqualTo(403);
    assertThat(ana.forTenant("acme").get(path(invited)).json().get("state").asString())
        .isEqualTo("active");
    assertThat(ana.forTenant("other").get(path(invited)).status()).isEqualTo(404);
  }

  @Test
  void anInvitationIsForItsAddressOnceAndForAnHour() {
    Answer invited = ana.post("/v1/users", user("ben@example.com", "viewer"));
    assertThat(people.setUp(link(invited), "eve@example.com", "Eve", People.PASSWORD).faults())
        .containsExactly("/email");
    clock.advance(Duration.ofHours(1));
    assertThat(people.setUp(link(invited), "ben@example.com", "Ben", People.PASSWORD).faults())
        .containsExactly("/token");

    Answer again = ana.post(path(invited) + "/invitation");
    assertThat(people.setUp(link(again), "ben@example.com", "Ben", People.PASSWORD).status())
        .isEqualTo(201);
    assertThat(people.setUp(link(again), "ben@example.com", "Ben", People.PASSWORD).faults())
        .containsExactly("/token");
  }

  @Test
  void whoHasAPasswordJoinsAnotherTenantWithIt() {
    people.let(ana.forTenant("acme"), "ben@example.com", "viewer");
    Answer invited = ana.forTenant("other").post("/v1/users", user("ben@example.com", "admin"));
    assertThat(invited.json().get("name").isNull()).as("who else knows him").isTrue();

    String token = link(invited);
    assertThat(people.setUp(token, "ben@example.com", "Eve", "the password of another").status())
        .isEqualTo(401);
    HubClient ben = people.signedIn(people.setUp(token, "ben@example.com", "Eve", People.PASSWORD));
    assertThat(ben.get("/v1/session").json().at("/user/name").asString()).isEqualTo("ben");
    assertThat(ben.forTenant("other").get("/v1/users").status()).isEqualTo(200);
    assertThat(ben.forTenant("acme").get("/v1/users").status()).isEqualTo(403);
  }

  @Test
  void anAdminIsNoOwner() {
    HubClient admin = people.let(ana, "ada@example.com", "admin");
    String owner = "/v1/users/" + ana.get("/v1/session").json().at("/user/id").asString();

    assertThat(admin.post("/v1/users", user("eve@example.com", "owner")).faults())
        .containsExactly("/role");
    assertThat(admin.patch(owner, "{\"role\":\"viewer\"}").status()).isEqualTo(403);
    assertThat(admin.delete(owner).status()).isEqualTo(403);
    assertThat(admin.post(owner + "/invitation").status()).isEqualTo(403);
    String own = "/v1/users/" + admin.get("/v1/session").json().at("/user/id").asString();
    assertThat(admin.patch(own, "{\"role\":\"owner\"}").status()).isEqualTo(403);
    assertThat(admin.patch(own, "{\"operator\":true}").faults()).containsExactly("/operator");
    assertThat(
            admin
                .post(
                    "/v1/users",
                    "{\"email\":\"eve@example.com\",\"role\":\"viewer\",\"operator\":true}")
                .status())
        .isEqualTo(403);
  }

  @Test
  void theLastOwnerStays() {
    HubClient owner = people.let(ana.forTenant("acme"), "oli@example.com", "owner");
    String own = "/v1/users/" + owner.get("/v1/session").json().at("/user/id").asString();

    assertThat(owner.delete(own).status()).isEqualTo(409);
    assertThat(owner.patch(own, "{\"role\":\"admin\"}").status()).isEqualTo(409);
    Answer invited = owner.post("/v1/users", user("ida@example.com", "owner"));
    assertThat(owner.delete(own).status()).as("an owner who has not come").isEqualTo(409);
    var _ = people.setUp(link(invited), "ida@example.com", "Ida", People.PASSWORD);
    assertThat(owner.delete(own).status()).isEqualTo(204);
    assertThat(owner.get("/v1/session").status()).as("nothing is left of them").isEqualTo(401);
  }

  @Test
  void aChangeBindsTheNextCall() {
    HubClient ben = people.let(ana, "ben@example.com", "power_user");
    String path = "/v1/users/" + ben.get("/v1/session").json().at("/user/id").asString();
    String body = "{\"name\":\"C\",\"method\":\"GET\",\"url\":\"https://api.example.com/\"}";
    assertThat(ben.post("/v1/connectors", body).status()).isEqualTo(201);

    Answer changed = ana.patch(path, "{\"role\":\"viewer\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(ben.post("/v1/connectors", body).status()).isEqualTo(403);
    assertThat(ben.get("/v1/connectors").status()).isEqualTo(200);
    assertThat(ana.with("If-Match", "\"1\"").delete(path).status()).isEqualTo(412);
    assertThat(ana.delete(path).status()).isEqualTo(204);
    assertThat(ben.get("/v1/connectors").status()).isEqualTo(401);
    assertThat(people.signIn("ben@example.com", People.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void onlyAViewerCanBeKeptFromPayloads() {
    assertThat(
            ana.post(
                    "/v1/users",
                    "{\"email\":\"ben@example.com\",\"role\":\"admin\",\"payloads\":false}")
                .faults())
        .containsExactly("/payloads");
    assertThat(ana.post("/v1/users", "{\"email\":\"ben\",\"role\":\"viewr\",\"x\":1}").faults())
        .containsExactly("/email", "/role", "/x");
    assertThat(ana.post("/v1/users", user(People.ANA, "viewer")).status()).isEqualTo(409);
  }

  @Test
  void anOperatorHelpsWhoHasForgottenTheirPassword() {
    HubClient ben = people.let(ana, "ben@example.com", "admin");
    HubClient ada = people.let(ana, "ada@example.com", "admin");
    String path = "/v1/users/" + ben.get("/v1/session").json().at("/user/id").asString();
    assertThat(ada.post(path + "/invitation").status())
        .as("an admin of one tenant does not get at who is in others too")
        .isEqualTo(409);

    String token = link(ana.post(path + "/invitation"));
    assertThat(people.setUp(token, "ben@example.com", "Ben", "another long password").status())
        .isEqualTo(201);
    assertThat(ben.get("/v1/session").status()).isEqualTo(401);
    assertThat(people.signIn("ben@example.com", People.PASSWORD).status()).isEqualTo(401);
    assertThat(people.signIn("ben@example.com", "another long password").status()).isEqualTo(200);
  }
}
