package io.fairlead.connector;

import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Proof;
import io.fairlead.authorization.ProofDocument;
import io.fairlead.authorization.ProofDocument.Kept;
import io.fairlead.authorization.Signing;
import io.fairlead.base.Ids;
import io.fairlead.base.Nearest;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The members `authorization` and `signing` of a connector's document: each `{"id":"aut_…"}`, or
/// in place with its `kind`, or null.
///
/// A secret in place that is absent, or `{"set":true}` as it is read, is kept. A secret of an
/// authorization of its own is never taken over into a connector: it would leave its hosts.
final class AuthDocument {
  private static final String CREDENTIAL = "authorization";
  private static final String SIGNING = "signing";

  /// Before the secrets of connectors that have more than one: no secret begins with it.
  private static final char SEVERAL = '\u0000';

  private final Members settings;
  private final Home home;
  private final List<Kept> kept = new ArrayList<>();

  private AuthDocument(Members settings, Home home) {
    this.settings = settings;
    this.home = home;
  }

  /// What was read.
  ///
  /// @param kept the secrets that were not sent but kept
  record Read(Auth auth, List<Kept> kept) {}

  /// A proof, and the authorization that it comes from, if any.
  private record Part(Proof proof, @Nullable Authorization from) {}

  /// Reads who the connector calls as and how it signs.
  ///
  /// @param before whose secrets may be kept; null for a new connector
  static Read read(Members settings, @Nullable Auth before, Home home) {
    var document = new AuthDocument(settings, home);
    Part credential =
        document.part(
            CREDENTIAL,
            ProofDocument.CREDENTIALS,
            before == null ? null : new Part(before.credential(), before.credentialFrom()),
            Credential.None.NONE);
    Part signing =
        document.part(
            SIGNING,
            ProofDocument.SIGNINGS,
            before == null ? null : new Part(before.signing(), before.signingFrom()),
            Signing.None.NONE);
    var auth =
        new Auth(
            credential.proof() instanceof Credential sent ? sent : Credential.None.NONE,
            signing.proof() instanceof Signing signs ? signs : Signing.None.NONE,
            credential.from(),
            signing.from());
    return new Read(auth, document.kept);
  }

  private Part part(String member, List<String> kinds, @Nullable Part former, Proof none) {
    if (settings.isNull(member)) {
      return new Part(none, null);
    }
    if (!settings.has(member)) {
      if (former != null && former.from() == null) {
        kept.addAll(ProofDocument.secrets(former.proof(), settings.pointer(member)));
      }
      return former == null ? new Part(none, null) : former;
    }
    Members members = settings.object(member);
    if (members == null) {
      return new Part(none, null);
    }
    if (members.has("id")) {
      Authorization named = named(members, kinds);
      members.mayTakeAway(ProofDocument.MEMBERS);
      members.mayTakeAway(List.of("kind"));
      members.refuseOthers();
      return named == null ? new Part(none, null) : new Part(named.proof(), named);
    }
    members.mayTakeAway(List.of("id"));
    Proof mayKeep = former == null || former.from() != null ? null : former.proof();
    ProofDocument.Read read = ProofDocument.read(members, kinds, mayKeep);
    if (read == null) {
      return new Part(none, null);
    }
    members.refuseOthers();
    kept.addAll(read.kept());
    return new Part(read.proof(), null);
  }

  private @Nullable Authorization named(Members members, List<String> kinds) {
    if (!(members.get("id") instanceof JsonString(String id))) {
      members.fault("id", "id must be a string such as aut_0pmya7gh80400.");
      return null;
    }
    OptionalLong number = Ids.parse(Authorization.PREFIX, id);
    Authorization found =
        number.isEmpty() ? null : home.authorizations().get(home.tenant(), number.getAsLong());
    if (found == null) {
      members.fault("id", unknown(id, kinds));
      return null;
    }
    String kind = ProofDocument.kind(found.proof());
    if (kind == null || !kinds.contains(kind)) {
      members.fault(
          "id",
          "The authorization \"%s\" is of the kind %s; here stands one of %s."
              .formatted(found.name(), kind, String.join(", ", kinds)));
      return null;
    }
    return found;
  }

  /// Names the nearest id, or the authorization that has this as its name.
  private String unknown(String given, List<String> kinds) {
    List<Authorization> fitting =
        home.authorizations().of(home.tenant()).stream()
            .filter(one -> kinds.contains(String.valueOf(ProofDocument.kind(one.proof()))))
            .toList();
    String shown = given.length() <= 50 ? given : given.substring(0, 50) + "…";
    for (Authorization one : fitting) {
      if (one.name().equalsIgnoreCase(given)) {
        return "Expected an id; that of \"%s\" is %s.".formatted(one.name(), id(one));
      }
    }
    String nearest = Nearest.to(given, fitting.stream().map(AuthDocument::id).toList());
    return "There is no authorization %s.%s"
        .formatted(shown, nearest == null ? "" : " Did you mean %s?".formatted(nearest));
  }

  private static String id(Authorization authorization) {
    return Ids.text(Authorization.PREFIX, authorization.id());
  }

  /// What a merge patch made, where one names an authorization and the other had one in place, or
  /// the other way round: these do not merge, the one sent stands.
  static Json unmixed(Json merged, JsonObject patch) {
    return unmixed(unmixed(merged, patch, CREDENTIAL), patch, SIGNING);
  }

  private static Json unmixed(Json merged, JsonObject patch, String member) {
    if (!(merged instanceof JsonObject document
        && document.get(member) instanceof JsonObject mixed
        && patch.get(member) instanceof JsonObject sent
        && isThere(mixed.get("id"))
        && isThere(mixed.get("kind")))) {
      return merged;
    }
    var members = new LinkedHashMap<>(document.members());
    members.put(member, sent);
    return new JsonObject(members);
  }

  private static boolean isThere(@Nullable Json value) {
    return value != null && !(value instanceof JsonNull);
  }

  /// Both members as they are read: without secrets.
  static void write(Auth auth, Json.Builder out) {
    out.put(CREDENTIAL, shown(auth.credential(), auth.credentialFrom()));
    out.put(SIGNING, shown(auth.signing(), auth.signingFrom()));
  }

  private static Json shown(Proof proof, @Nullable Authorization from) {
    if (from != null) {
      return Json.object().put("id", id(from)).build();
    }
    JsonObject shown = ProofDocument.shown(proof);
    return shown.members().isEmpty() ? JsonNull.NULL : shown;
  }

  /// The text that has to be encrypted, or null when no secret stands in place.
  static @Nullable String secret(Auth auth) {
    Json.Builder secret = Json.object();
    if (auth.credentialFrom() == null && isSecret(auth.credential())) {
      secret.put(CREDENTIAL, ProofDocument.clear(auth.credential()));
    }
    if (auth.signingFrom() == null && isSecret(auth.signing())) {
      secret.put(SIGNING, ProofDocument.clear(auth.signing()));
    }
    JsonObject clear = secret.build();
    return clear.members().isEmpty() ? null : SEVERAL + JsonWriter.text(clear);
  }

  private static boolean isSecret(Proof proof) {
    return !ProofDocument.secrets(proof, "").isEmpty();
  }

  /// A stored document with its secrets put back in.
  ///
  /// @param secret what was encrypted, or null
  static JsonObject withSecret(JsonObject stored, @Nullable String secret, JsonReader reader) {
    if (secret == null) {
      return stored;
    }
    if (secret.isEmpty() || secret.charAt(0) != SEVERAL) {
      return withOne(stored, secret);
    }
    var members = new LinkedHashMap<>(stored.members());
    if (reader.read(secret.substring(1)) instanceof JsonReader.Result.Read(JsonObject clear)) {
      members.putAll(clear.members());
    }
    return new JsonObject(members);
  }

  /// As secrets were kept before there were several.
  private static JsonObject withOne(JsonObject stored, String secret) {
    if (!(stored.get(CREDENTIAL) instanceof JsonObject authorization
        && authorization.get("kind") instanceof JsonString(String kind))) {
      return stored;
    }
    var credential = new LinkedHashMap<>(authorization.members());
    credential.put(kind.equals("bearer") ? "token" : "password", Json.of(secret));
    var members = new LinkedHashMap<>(stored.members());
    members.put(CREDENTIAL, new JsonObject(credential));
    return new JsonObject(members);
  }
}
