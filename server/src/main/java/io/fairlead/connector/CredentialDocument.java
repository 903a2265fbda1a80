package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The member `authorization` of a connector's document. A secret that is absent, or `{"set":true}`
/// as it is read, is kept; `null` clears it.
final class CredentialDocument {
  private static final TextRule USERNAME =
      TextRule.matching(
          0, 255, "[^\\x00-\\x1f\\x7f-\\x9f:]*", "has no colon and no control characters");
  private static final TextRule PASSWORD = TextRule.line(0, 1_024);
  private static final TextRule TOKEN =
      TextRule.matching(
          1, 8_192, "[!-~]+", "has visible ASCII characters only, no blanks and no line ends");
  private static final List<String> KINDS = List.of("basic", "bearer");
  private static final List<String> OF_ANY_KIND = List.of("username", "password", "token");
  private static final JsonObject SET = Json.object().put("set", true).build();

  private final Members settings;
  private final @Nullable Credential before;

  private CredentialDocument(Members settings, @Nullable Credential before) {
    this.settings = settings;
    this.before = before;
  }

  /// What was read.
  ///
  /// @param kept the name of a secret that was not sent but kept, or null
  record Read(Credential credential, @Nullable String kept) {
    private static final Read NOBODY = new Read(Credential.None.NONE, null);
  }

  /// Reads who the connector calls as.
  ///
  /// @param before whose secrets may be kept; null for a new connector
  static Read read(Members settings, @Nullable Credential before) {
    return new CredentialDocument(settings, before).read();
  }

  private Read read() {
    if (settings.isNull("authorization")) {
      return Read.NOBODY;
    }
    if (!settings.has("authorization")) {
      return before == null ? Read.NOBODY : kept(before);
    }
    Members members = settings.object("authorization");
    if (members == null) {
      return Read.NOBODY;
    }
    if (members.has("id")) {
      members.fault("id", "Authorizations of their own are not available yet.");
      if (!members.has("kind")) {
        return Read.NOBODY;
      }
    }
    if (!(members.get("kind") instanceof JsonString(String kind)) || !KINDS.contains(kind)) {
      // What belongs to such a kind is not looked at.
      var _ = members.word("kind", KINDS);
      return Read.NOBODY;
    }
    Read read = kind.equals("basic") ? basic(members) : bearer(members);
    members.mayTakeAway(OF_ANY_KIND);
    members.refuseOthers();
    return read;
  }

  private static Read kept(Credential credential) {
    return new Read(
        credential,
        switch (credential) {
          case Credential.None none -> null;
          case Credential.Basic(var user, var password) -> password.isEmpty() ? null : "password";
          case Credential.Bearer bearer -> "token";
        });
  }

  private Read basic(Members members) {
    String username = members.text("username", USERNAME);
    String former = before instanceof Credential.Basic(var _, var password) ? password : "";
    if (members.isNull("password")) {
      return new Read(new Credential.Basic(username, ""), null);
    }
    if (members.has("password") && !SET.equals(members.get("password"))) {
      return new Read(new Credential.Basic(username, members.text("password", PASSWORD)), null);
    }
    boolean nothingToKeep =
        members.has("password")
            ? former.isEmpty()
            : before != null && !(before instanceof Credential.Basic);
    if (nothingToKeep) {
      members.fault("password", "There is no password to keep; send it, or null for none.");
    }
    return new Read(new Credential.Basic(username, former), former.isEmpty() ? null : "password");
  }

  private Read bearer(Members members) {
    if (members.has("token") && !SET.equals(members.get("token"))) {
      return new Read(new Credential.Bearer(members.text("token", TOKEN)), null);
    }
    if (!members.isNull("token") && before instanceof Credential.Bearer former) {
      return kept(former);
    }
    members.fault(
        "token",
        before == null && !members.has("token")
            ? "token is missing."
            : members.isNull("token")
                ? "A bearer authorization needs its token; to send none set authorization to null."
                : "There is no token to keep; send it.");
    return Read.NOBODY;
  }

  /// The credential as it is read: without its secret.
  static Json write(Credential credential) {
    return switch (credential) {
      case Credential.None none -> JsonNull.NULL;
      case Credential.Basic(String username, String password) ->
          Json.object()
              .put("kind", "basic")
              .put("username", username)
              .put("password", password.isEmpty() ? JsonNull.NULL : SET)
              .build();
      case Credential.Bearer bearer ->
          Json.object().put("kind", "bearer").put("token", SET).build();
    };
  }

  /// The text that has to be encrypted, or null when there is none.
  static @Nullable String secret(Credential credential) {
    return switch (credential) {
      case Credential.None none -> null;
      case Credential.Basic(var user, var password) -> password.isEmpty() ? null : password;
      case Credential.Bearer(var token) -> token;
    };
  }

  /// A stored document with its secret put back in.
  static JsonObject withSecret(JsonObject stored, @Nullable String secret) {
    return stored.get("authorization") instanceof JsonObject authorization
            && authorization.get("kind") instanceof JsonString(String kind)
        ? with(
            stored,
            "authorization",
            with(authorization, kind.equals("bearer") ? "token" : "password", Json.of(secret)))
        : stored;
  }

  private static JsonObject with(JsonObject object, String name, Json value) {
    var members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new JsonObject(members);
  }
}
