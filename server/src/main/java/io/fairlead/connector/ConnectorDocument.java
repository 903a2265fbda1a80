package io.fairlead.connector;

import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Clashes;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.ProofDocument.Kept;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.render.Origin;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Scope;
import io.fairlead.response.OutcomeRules;
import io.fairlead.response.ResponseSettings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A connector's settings as JSON: as people send them, as they read them, and as they are stored.
/// Each part of a connector has its reader and writer beside this one; here they are put together,
/// and what one part says about another is checked.
///
/// Reading notes everything that is wrong at once, and gives null when anything is. Secrets are
/// taken out of what is sent and never put into what is read.
public final class ConnectorDocument {
  private static final TextRule NAME = TextRule.line(1, 200);

  /// What the product will have, and does not have yet.
  private static final List<String> LATER = List.of("template", "values");

  private static final List<String> ONLY_READ =
      List.of(
          "id", "state", "stateReason", "revision", "createdAt", "updatedAt", "waiting", "notes");

  private final Members settings;
  private final Faults faults;
  private final Home home;
  private final @Nullable Connector before;
  private final From from;

  /// Where a document comes from.
  private enum From {
    /// People, over the API of connectors.
    PEOPLE,
    /// The one-connector API, which stores a URL that cannot be called.
    ONE_CONNECTOR,
    /// The database: what was saved once is run, and its calls say what is wrong with it.
    STORE
  }

  private ConnectorDocument(
      Members settings, Faults faults, Home home, @Nullable Connector before, From from) {
    this.settings = settings;
    this.faults = faults;
    this.home = home;
    this.before = before;
    this.from = from;
  }

  /// Reads a new connector.
  public static @Nullable Draft create(Json document, Home home, Faults faults) {
    return new ConnectorDocument(Members.of(document, "", faults), faults, home, null, From.PEOPLE)
        .read();
  }

  /// Reads what is to stand in the place of a connector: what is absent gets its default, but a
  /// secret that is absent, or `{"set":true}`, is kept.
  public static @Nullable Draft replace(Json document, Connector before, Home home, Faults faults) {
    Members settings = Members.of(document, "", faults);
    Draft draft = new ConnectorDocument(settings, faults, home, before, From.PEOPLE).read();
    return draft == null ? null : draft.goingOn(saysActive(document));
  }

  /// Reads a merge patch (RFC 7396) over a connector as it is read.
  public static @Nullable Draft patch(Json patch, Connector before, Home home, Faults faults) {
    if (!(patch instanceof JsonObject changes)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    Json merged = MergePatch.applyKeepingNulls(settings(before), patch);
    Members settings = Members.ofPatched(AuthDocument.unmixed(merged, changes), "", faults);
    Draft draft = new ConnectorDocument(settings, faults, home, before, From.PEOPLE).read();
    return draft == null ? null : draft.goingOn(saysActive(patch));
  }

  /// Reads what the one-connector API says of a connector, over what it is: all but that stays.
  ///
  /// @param before null for a new one
  static @Nullable Draft ofOne(
      JsonObject document, @Nullable Connector before, Home home, Faults faults) {
    JsonObject whole =
        before == null ? document : Json.object().putAll(settings(before)).putAll(document).build();
    return new ConnectorDocument(
            Members.of(whole, "", faults), faults, home, before, From.ONE_CONNECTOR)
        .read();
  }

  private static boolean saysActive(Json sent) {
    return sent instanceof JsonObject members
        && members.get("active") instanceof JsonBool(boolean active)
        && active;
  }

  private @Nullable Draft read() {
    String name = settings.text("name", NAME);
    RequestDocument.Read read = RequestDocument.read(settings, faults);
    RequestText request = read.text();
    AuthDocument.Read auth =
        AuthDocument.read(settings, before == null ? null : before.auth(), home);
    SharedAdaptor adaptor = AdaptorReference.read(settings, home);
    ResponseSettings response = ResponseSettings.read(settings, faults);
    OutcomeRules rules = OutcomeRules.read(settings, faults);
    List<Trigger> triggers = TriggerDocument.read(settings, faults);
    Policy policy = PolicyDocument.read(settings);
    boolean active = settings.flag("active", true);
    refuse(LATER, " is not available yet.");
    refuse(ONLY_READ, " is read only; leave it out.");
    settings.refuseOthers();

    var wrong = new Faults();
    RequestPlan plan =
        compile(
            request,
            scope(home, name, auth.auth().credential(), adaptor, false),
            mayBeUnreachable(request),
            wrong);
    refuseUnknownSources(adaptor, home, faults);
    if (from != From.STORE) {
      Clashes.note(request, auth.auth(), wrong);
    }
    for (Fault fault : wrong.list()) {
      faults.at(read.place(fault.at()), read.words(fault));
    }
    if (plan != null && from != From.STORE) {
      refuseKeptSecretsElsewhere(auth.kept(), plan.origin());
      refuseOtherHosts(auth.auth(), plan.origin());
    }
    if (plan == null || !faults.isEmpty()) {
      return null;
    }
    return new Draft(
        new ConnectorSpec(name, request, adaptor, response, rules, triggers, policy),
        auth.auth(),
        active,
        plan,
        read.notes(),
        false);
  }

  private void refuse(List<String> names, String sentence) {
    for (String name : names) {
      if (settings.has(name) || settings.isNull(name)) {
        settings.fault(name, name + sentence);
      }
    }
  }

  /// Whether a URL is taken that nothing can be sent to: one that the one-connector API has stored
  /// stays as it is while other settings are changed.
  private boolean mayBeUnreachable(RequestText request) {
    return switch (from) {
      case STORE, ONE_CONNECTOR -> true;
      case PEOPLE ->
          before != null
              && before.plan().unreachable() != null
              && before.spec().request().url().equals(request.url());
    };
  }

  /// An adaptor gives the data names of its own.
  ///
  /// @param events whether there is an event although the data is a command's inputs
  private static Scope scope(
      Home home,
      String name,
      Credential credential,
      @Nullable SharedAdaptor adaptor,
      boolean events) {
    return new Scope(
        home.tenantName(),
        name,
        secretNames(credential),
        adaptor == null ? home.inputs() : null,
        events || home.inputs() == null);
  }

  /// What an adaptor cannot do without and a command does not have.
  private static void refuseUnknownSources(
      @Nullable SharedAdaptor adaptor, Home home, Faults faults) {
    Set<String> inputs = home.inputs();
    if (adaptor == null || inputs == null) {
      return;
    }
    for (String needed : adaptor.now().mapping().needs()) {
      if (!inputs.contains(needed)) {
        faults.at(
            "/adaptor",
            "The adaptor %s needs %s, and there is no such input.%s"
                .formatted(
                    Quote.of(adaptor.now().name()),
                    Quote.of(needed),
                    Members.didYouMean(needed, inputs)));
      }
    }
  }

  /// What stands in the way of a connector's request being made of a command's inputs, with
  /// pointers into the connector's document; nothing when it can.
  ///
  /// @param home with the command's inputs
  public static List<Fault> unfit(Connector connector, Home home) {
    ConnectorSpec spec = connector.spec();
    var faults = new Faults();
    var _ =
        compile(
            spec.request(),
            scope(home, spec.name(), connector.credential(), spec.adaptor(), true),
            false,
            faults);
    refuseUnknownSources(spec.adaptor(), home, faults);
    return faults.list();
  }

  private static @Nullable RequestPlan compile(
      RequestText request, Scope scope, boolean mayBeUnreachable, Faults faults) {
    RequestPlan.Compiled compiled =
        mayBeUnreachable
            ? RequestPlan.compileEvenUnreachable(request, scope)
            : RequestPlan.compile(request, scope);
    return switch (compiled) {
      case RequestPlan.Compiled.Ready(RequestPlan ready) -> ready;
      case RequestPlan.Compiled.Faulty(List<Fault> wrong) -> {
        wrong.forEach(fault -> faults.at(fault.at(), fault.detail()));
        yield null;
      }
    };
  }

  private static @Nullable Set<String> secretNames(Credential credential) {
    return credential == Credential.None.NONE ? null : credential.fields().keySet();
  }

  /// Whoever may change a URL must not learn a secret by sending it to a host of their own.
  private void refuseKeptSecretsElsewhere(List<Kept> kept, Origin origin) {
    if (before == null || origin.equals(before.plan().origin())) {
      return;
    }
    for (Kept secret : kept) {
      faults.at(
          secret.pointer(),
          "The scheme, host or port of url has changed, so the %s has to be sent again."
              .formatted(secret.name()));
    }
  }

  private void refuseOtherHosts(Auth auth, Origin origin) {
    String credential = Auth.refusal(auth.credentialFrom(), origin);
    if (credential != null) {
      faults.at("/authorization/id", credential);
    }
    String signing = Auth.refusal(auth.signingFrom(), origin);
    if (signing != null) {
      faults.at("/signing/id", signing);
    }
  }

  /// A connector with a later version of an authorization that it uses, or null and what then
  /// stands in the way. That it may be sent there is not looked at: the calls say so.
  public static @Nullable Connector with(Auth later, Connector connector, Faults faults) {
    ConnectorSpec spec = connector.spec();
    Clashes.note(spec.request(), later, faults);
    boolean sameNames =
        Objects.equals(secretNames(later.credential()), secretNames(connector.credential()));
    RequestPlan plan =
        sameNames
            ? connector.plan()
            : compile(
                spec.request(),
                new Scope(
                    connector.tenantName(), spec.name(), secretNames(later.credential()), null),
                true,
                faults);
    return plan == null || !faults.isEmpty() ? null : connector.with(later, plan);
  }

  /// The settings as they are read.
  public static JsonObject settings(Connector connector) {
    return Json.object()
        .putAll(settings(connector.spec(), connector.auth()))
        .put("active", connector.active())
        .build();
  }

  /// What is stored beside the encrypted secret: the same, less what has columns of its own.
  public static JsonObject stored(Draft draft) {
    return settings(draft.spec(), draft.auth());
  }

  /// The text that has to be encrypted, or null when no secret stands in the document.
  public static @Nullable String secret(Auth auth) {
    return AuthDocument.secret(auth);
  }

  /// Reads what was stored.
  ///
  /// @param secret what was encrypted, or null
  public static @Nullable Draft fromStored(
      JsonObject stored,
      @Nullable String secret,
      boolean active,
      Home home,
      JsonReader reader,
      Faults faults) {
    JsonObject document =
        Json.object()
            .putAll(AuthDocument.withSecret(stored, secret, reader))
            .put("active", active)
            .build();
    return new ConnectorDocument(Members.of(document, "", faults), faults, home, null, From.STORE)
        .read();
  }

  private static JsonObject settings(ConnectorSpec spec, Auth auth) {
    Json.Builder out = Json.object().put("name", spec.name());
    RequestDocument.write(spec.request(), out);
    AuthDocument.write(auth, out);
    return out.put("adaptor", AdaptorReference.write(spec.adaptor()))
        .put("response", spec.response().json())
        .put("rules", spec.rules().json())
        .put("triggers", TriggerDocument.write(spec.triggers()))
        .put("policy", PolicyDocument.write(spec.policy()))
        .build();
  }
}
