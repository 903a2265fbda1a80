package io.fairlead.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.HubClient.Answer;

/// People at a hub in tests: the first user, and whom they let in.
public final class People {
  /// The first user's email address.
  public static final String ANA = "ana@example.com";

  /// Everybody's password.
  public static final String PASSWORD = "correct horse battery staple";

  private final TestHub hub;

  /// Those of a hub.
  public People(TestHub hub) {
    this.hub = hub;
  }

  /// A caller who has nothing.
  public HubClient anybody() {
    return hub.client().withKey(null);
  }

  /// The token of the link that makes the first user.
  public String firstToken() {
    return token(hub.hub().firstLink().orElseThrow());
  }

  /// The token in a link.
  public static String token(String link) {
    return link.substring(link.indexOf("token=") + "token=".length());
  }

  /// Makes the first user, unless there is one.
  public void makeFirst() {
    if (anybody().get("/v1/setup").json().get("needed").asBoolean()) {
      assertThat(setUp(firstToken(), ANA, "Ana", PASSWORD).status()).isEqualTo(201);
    }
  }

  /// Takes up a link.
  public Answer setUp(String token, String email, String name, String password) {
    return anybody()
        .post(
            "/v1/setup",
            "{\"token\":\"%s\",\"email\":\"%s\",\"name\":\"%s\",\"password\":\"%s\"}"
                .formatted(token, email, name, password));
  }

  /// The first user, signed in anew.
  public HubClient first() {
    makeFirst();
    return signedIn(signIn(ANA, PASSWORD));
  }

  /// Lets somebody into the tenant of a caller, and signs them in. Their name is what stands before
  /// the `@`.
  public HubClient let(HubClient by, String email, String role) {
    Answer invited =
        by.post("/v1/users", "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(email, role));
    assertThat(invited.status()).as("%s", invited).isEqualTo(201);
    String token = token(invited.json().get("link").asString());
    return signedIn(setUp(token, email, email.substring(0, email.indexOf('@')), PASSWORD));
  }

  /// Tries to sign in.
  public Answer signIn(String email, String password) {
    return anybody().post("/v1/session", credentials(email, password));
  }

  static String credentials(String email, String password) {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
  }

  /// Whoever got that answer: with the cookie, and the header for changes.
  public HubClient signedIn(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
    return withCookie(answer).with("Fairlead-Csrf", answer.json().get("csrf").asString());
  }

  /// The same with the cookie alone.
  public HubClient withCookie(Answer answer) {
    return anybody().with("Cookie", cookie(answer));
  }

  /// What a browser keeps of an answer.
  public static String cookie(Answer answer) {
    return requireNonNull(answer.header("Set-Cookie")).split(";", 2)[0];
  }
}
