package io.fairlead.authorization;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.render.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An authorization as JSON: as people send it, as they read it, and as it is stored. Reading notes
/// everything that is wrong at once, and gives null when anything is.
public final class AuthorizationDocument {
  private static final TextRule NAME = TextRule.line(1, 200);
  private static final int MOST_HOSTS = 50;
  private static final List<String> ONLY_READ =
      List.of("id", "revision", "createdAt", "updatedAt", "usedBy", "overlapEndsAt");

  private AuthorizationDocument() {}

  /// Reads a new authorization.
  public static @Nullable AuthorizationDraft create(Json document, Faults faults) {
    return read(Members.of(document, "", faults), null, faults);
  }

  /// Reads what is to stand in the place of an authorization. A secret that is absent, or
  /// `{"set":true}`, is kept where it still goes where it went.
  public static @Nullable AuthorizationDraft replace(
      Json document, Authorization before, Faults faults) {
    return read(Members.of(document, "", faults), before.proof(), faults);
  }

  /// Reads a merge patch (RFC 7396) over an authorization as it is read.
  public static @Nullable AuthorizationDraft patch(
      Json patch, Authorization before, Faults faults) {
    if (!(patch instanceof JsonObject)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    Json merged = MergePatch.applyKeepingNulls(settings(before), patch);
    return read(Members.ofPatched(merged, "", faults), before.proof(), faults);
  }

  private static String onlyRead(String name) {
    return name + " is read only; leave it out.";
  }

  private static @Nullable AuthorizationDraft read(
      Members members, @Nullable Proof before, Faults faults) {
    String name = members.text("name", NAME);
    Hosts hosts = hosts(members);
    ProofDocument.Read read = ProofDocument.read(members, ProofDocument.KINDS, before);
    for (String readOnly : ONLY_READ) {
      if (members.has(readOnly) || members.isNull(readOnly)) {
        members.fault(readOnly, onlyRead(readOnly));
      }
    }
    if (read != null) {
      members.refuseOthers();
      if (before instanceof Credential != read.proof() instanceof Credential && before != null) {
        members.fault("kind", "What is sent cannot become what signs, nor the other way round.");
      }
    }
    return read == null || !faults.isEmpty()
        ? null
        : new AuthorizationDraft(name, read.proof(), hosts);
  }

  private static Hosts hosts(Members members) {
    if (!members.has("hosts")) {
      members.missing("hosts");
    }
    var origins = new ArrayList<Origin>();
    List<Json> items = members.items("hosts", 1, MOST_HOSTS);
    for (int i = 0; i < items.size(); i++) {
      Origin origin =
          items.get(i) instanceof JsonString(String entry) && entry.length() <= 300
              ? Hosts.parse(entry)
              : null;
      if (origin == null) {
        members.fault("hosts", i, "A host " + Hosts.EXPECTED + ".");
      } else if (!origins.contains(origin)) {
        origins.add(origin);
      }
    }
    return new Hosts(origins);
  }

  /// The settings as they are read: no secrets.
  public static JsonObject settings(Authorization authorization) {
    return settings(
        new AuthorizationDraft(authorization.name(), authorization.proof(), authorization.hosts()));
  }

  static JsonObject settings(AuthorizationDraft draft) {
    return Json.object()
        .put("name", draft.name())
        .putAll(ProofDocument.shown(draft.proof()))
        .put("hosts", Json.array(draft.hosts().texts().stream().map(Json::of).toList()))
        .build();
  }

  /// The text that has to be encrypted: the proof with its secrets, and a former key.
  static JsonObject secret(Proof proof) {
    Json.Builder secret = Json.object().put("proof", ProofDocument.clear(proof));
    if (proof instanceof Signing signing
        && signing.signingKeys() instanceof Signing.Keys(var _, String former, long until)) {
      secret.put("former", former).put("formerUntil", until);
    }
    return secret.build();
  }

  /// Reads what was stored.
  static @Nullable AuthorizationDraft fromStored(
      JsonObject stored, JsonObject secret, Faults faults) {
    if (!(secret.get("proof") instanceof JsonObject clear)) {
      faults.at("", "There is no secret.");
      return null;
    }
    var document =
        Json.object()
            .put("name", stored.get("name") == null ? JsonNull.NULL : stored.get("name"))
            .putAll(clear)
            .put("hosts", stored.get("hosts") == null ? JsonNull.NULL : stored.get("hosts"))
            .build();
    AuthorizationDraft draft = create(document, faults);
    return draft == null
        ? null
        : new AuthorizationDraft(draft.name(), withFormer(draft.proof(), secret), draft.hosts());
  }

  private static Proof withFormer(Proof proof, JsonObject secret) {
    Signing.Keys keys = proof instanceof Signing signing ? signing.signingKeys() : null;
    if (keys != null
        && proof instanceof Signing signing
        && secret.get("former") instanceof JsonString(String former)
        && secret.get("formerUntil") instanceof Json.JsonNumber until) {
      return signing.with(
          new Signing.Keys(keys.current(), former, until.decimal().longValueExact()));
    }
    return proof;
  }
}
