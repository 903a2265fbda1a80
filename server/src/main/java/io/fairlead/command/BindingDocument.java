package io.fairlead.command;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.base.Times;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.response.NotFound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A binding's settings as JSON: as people send them, and as they read them. A request of its own
/// is written as a connector is, without what belongs to deliveries.
///
/// Reading notes everything that is wrong at once, and gives null when anything is. Secrets are
/// taken out of what is sent and never put into what is read. A request keeps the secrets of the
/// one that had its name before, otherwise of the one that stood in its place.
public final class BindingDocument {
  private static final int MOST_TARGETS = 5;
  private static final List<String> KNOWN =
      List.of("active", "targets", "deadline", "keepDocuments");
  private static final List<String> ONLY_READ =
      List.of("command", "revision", "createdAt", "updatedAt", "notes");

  /// What a request of a command does not have, and why.
  private static final List<String> OF_DELIVERIES = List.of("triggers", "active");

  private static final List<String> OF_RETRIES = List.of("retrySchedule", "concurrency");

  private final Command command;
  private final @Nullable Binding before;
  private final Home home;
  private final Catalog connectors;
  private final Faults faults;
  private final List<String> notes = new ArrayList<>();

  private BindingDocument(
      Command command, @Nullable Binding before, Home home, Catalog connectors, Faults faults) {
    this.command = command;
    this.before = before;
    this.home = home.of(command.definition().inputNames());
    this.connectors = connectors;
    this.faults = faults;
  }

  /// Reads a whole binding.
  ///
  /// @param before in whose place it is to stand; null when there is none
  /// @param home the tenant's
  /// @param connectors what it may ask
  public static @Nullable BindingDraft read(
      Json document,
      Command command,
      @Nullable Binding before,
      Home home,
      Catalog connectors,
      Faults faults) {
    return new BindingDocument(command, before, home, connectors, faults).read(document);
  }

  /// Reads a merge patch (RFC 7396) over a binding as it is read.
  public static @Nullable BindingDraft patch(
      Json patch, Command command, Binding before, Home home, Catalog connectors, Faults faults) {
    if (!(patch instanceof JsonObject changes)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    Json.Builder merged = Json.object();
    if (MergePatch.apply(settings(before), changes) instanceof JsonObject all) {
      merged.putAll(all);
    }
    // A merge lets a null for an unknown name vanish without a word.
    changes
        .members()
        .forEach((name, change) -> {
          if (change instanceof JsonNull && !KNOWN.contains(name)) {
            merged.put(name, change);
          }
        });
    return read(merged.build(), command, before, home, connectors, faults);
  }

  private @Nullable BindingDraft read(Json document) {
    Members members = Members.of(document, "", faults);
    boolean active = members.flag("active", true);
    Duration deadline = deadline(members);
    boolean keepDocuments = members.flag("keepDocuments", false);
    if (!members.has("targets")) {
      members.missing("targets");
    }
    List<Target> targets = targets(members.items("targets", 1, MOST_TARGETS));
    for (String readOnly : ONLY_READ) {
      if (members.has(readOnly)) {
        members.fault(readOnly, readOnly + " is read only; leave it out.");
      }
    }
    members.refuseOthers();
    return faults.isEmpty()
        ? new BindingDraft(
            command, new BindingSpec(active, targets, deadline, keepDocuments), notes)
        : null;
  }

  private static @Nullable Duration deadline(Members members) {
    return members.get("deadline") == null || members.get("deadline") instanceof JsonNull
        ? null
        : members.duration(
            "deadline", CommandDocument.SHORTEST, CommandDocument.LONGEST, CommandDocument.LONGEST);
  }

  private List<Target> targets(List<Json> items) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      names.add(name(items.get(i), i));
    }
    var targets = new ArrayList<Target>();
    var seen = new HashSet<Object>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = "/targets/" + i;
      Members members = Members.of(items.get(i), pointer, faults);
      if (!(items.get(i) instanceof JsonObject object)) {
        continue;
      }
      Target target =
          members.has("connector") ? shared(members, seen) : own(object, members, names, i, seen);
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }

  /// What a target is called that has no name: by its place.
  private static String name(Json item, int place) {
    return item instanceof JsonObject object
            && object.get("name") instanceof JsonString(String name)
        ? name
        : "Target " + (place + 1);
  }

  private @Nullable Target shared(Members members, Set<Object> seen) {
    NotFound notFound = NotFound.read(members, faults);
    Json given = members.get("connector");
    members.refuseOthers();
    OptionalLong id =
        given instanceof JsonString(String text)
            ? Ids.parse(Connector.PREFIX, text)
            : OptionalLong.empty();
    Connector found = id.isEmpty() ? null : connectors.get(id.getAsLong());
    if (found == null || found.tenant() != home.tenant()) {
      members.fault(
          "connector", "There is no such connector. Give the id of one that this tenant has.");
      return null;
    }
    if (!seen.add(found.id())) {
      members.fault("connector", "This connector stands here twice.");
    }
    for (Fault fault : ConnectorDocument.unfit(found, home)) {
      members.fault("connector", unfit(found, fault));
    }
    return new Target.Shared(found.id(), notFound);
  }

  private static String unfit(Connector connector, Fault fault) {
    return "The connector %s does not fit the command. At %s: %s"
        .formatted(Quote.of(connector.spec().name()), fault.at(), fault.detail());
  }

  private @Nullable Target own(
      JsonObject object, Members members, List<String> names, int place, Set<Object> seen) {
    String name = names.get(place);
    if (!seen.add(name)) {
      members.fault("name", "Another target has this name.");
    }
    for (String member : OF_DELIVERIES) {
      if (members.has(member)) {
        members.fault(member, "Only connectors of events have %s; leave it out.".formatted(member));
      }
    }
    if (members.get("policy") instanceof JsonObject policy) {
      for (String member : OF_RETRIES) {
        if (policy.get(member) != null) {
          faults.at(
              members.pointer("policy") + "/" + member,
              "Somebody waits for the answer, so there is no %s; leave it out.".formatted(member));
        }
      }
    }
    NotFound notFound = NotFound.read(members, faults);
    var found = new Faults();
    JsonObject document = document(object, name);
    Target.Own former = former(names, place);
    Draft draft =
        former == null
            ? ConnectorDocument.create(document, home, found)
            : ConnectorDocument.replace(document, former.connector(), home, found);
    found.list().forEach(fault -> faults.at(members.pointer() + fault.at(), fault.detail()));
    if (draft == null) {
      return null;
    }
    notes.addAll(draft.notes());
    return own(draft, home, notFound);
  }

  private static Target own(Draft draft, Home home, NotFound notFound) {
    return new Target.Own(Connector.unsaved(0, home, draft), notFound);
  }

  /// The members that a connector has too. Without a body nothing is sent, whatever the method:
  /// there is no event that it could be.
  private static JsonObject document(JsonObject target, String name) {
    var members = new LinkedHashMap<>(target.members());
    members.remove("notFound");
    OF_DELIVERIES.forEach(members::remove);
    members.putIfAbsent("name", Json.of(name));
    if (members.getOrDefault("body", JsonNull.NULL) instanceof JsonNull) {
      members.put("body", Json.object().put("type", "none").build());
    }
    if (members.get("policy") instanceof JsonObject policy) {
      var kept = new LinkedHashMap<>(policy.members());
      OF_RETRIES.forEach(kept::remove);
      members.put("policy", new JsonObject(kept));
    }
    return new JsonObject(members);
  }

  /// Whose secrets a request may keep.
  private Target.@Nullable Own former(List<String> names, int place) {
    if (before == null) {
      return null;
    }
    for (Target target : before.targets()) {
      if (target instanceof Target.Own own && own.name().equals(names.get(place))) {
        return own;
      }
    }
    return place < before.targets().size()
            && before.targets().get(place) instanceof Target.Own there
            && !names.contains(there.name())
        ? there
        : null;
  }

  /// What would go wrong, or looks wrong, with a binding as it is now, in sentences for people.
  ///
  /// @param home the tenant's
  public static List<String> notes(
      Binding binding, Command command, Home home, Catalog connectors) {
    var notes = new ArrayList<String>();
    if (!binding.spec().active()) {
      notes.add("The binding is not active: the command is not run.");
    }
    for (Target target : binding.targets()) {
      switch (target) {
        case Target.Own own -> notes.addAll(own.connector().plan().notes());
        case Target.Shared shared -> {
          Connector connector = connectors.get(shared.connector());
          if (connector == null) {
            notes.add("A connector that it asks is gone.");
            break;
          }
          if (!connector.runs()) {
            notes.add(
                "The connector %s does not run now.".formatted(Quote.of(connector.spec().name())));
          }
          Home own = home.of(command.definition().inputNames());
          ConnectorDocument.unfit(connector, own)
              .forEach(fault -> notes.add(unfit(connector, fault)));
        }
      }
    }
    return notes;
  }

  /// Whether a binding's own requests could be made if the command were defined like that.
  static boolean fits(Binding binding, Definition definition, Home home) {
    Home own = home.of(definition.inputNames());
    return binding.targets().stream()
        .allMatch(target ->
            !(target instanceof Target.Own request)
                || ConnectorDocument.unfit(request.connector(), own).isEmpty());
  }

  /// The settings as they are read.
  public static JsonObject settings(Binding binding) {
    return settings(binding.spec());
  }

  static JsonObject settings(BindingSpec spec) {
    return Json.object()
        .put("active", spec.active())
        .put(
            "targets", new JsonArray(spec.targets().stream().map(BindingDocument::target).toList()))
        .put("deadline", spec.deadline() == null ? null : Times.text(spec.deadline()))
        .put("keepDocuments", spec.keepDocuments())
        .build();
  }

  private static Json target(Target target) {
    return switch (target) {
      case Target.Own(Connector connector, NotFound notFound) -> {
        var members = new LinkedHashMap<>(ConnectorDocument.settings(connector).members());
        OF_DELIVERIES.forEach(members::remove);
        members.put(
            "policy",
            Json.object().put("timeout", Times.text(connector.spec().policy().timeout())).build());
        members.put("notFound", notFound.json());
        yield new JsonObject(members);
      }
      case Target.Shared(long connector, NotFound notFound) ->
          Json.object()
              .put("connector", Ids.text(Connector.PREFIX, connector))
              .put("notFound", notFound.json())
              .build();
    };
  }

  /// The secrets of its own requests, by their places; none where no secret stands in a request.
  static JsonObject secrets(BindingSpec spec) {
    Json.Builder secrets = Json.object();
    for (int i = 0; i < spec.targets().size(); i++) {
      if (spec.targets().get(i) instanceof Target.Own own) {
        secrets.putIfPresent(Integer.toString(i), ConnectorDocument.secret(own.connector().auth()));
      }
    }
    return secrets.build();
  }

  /// Reads what was stored. What was saved once is run: that its tokens fit the command was looked
  /// at then.
  static @Nullable BindingSpec fromStored(
      JsonObject stored, JsonObject secrets, Home home, Faults faults) {
    Members members = Members.of(stored, "", faults);
    var targets = new ArrayList<Target>();
    List<Json> items = members.items("targets", 1, MOST_TARGETS);
    for (int i = 0; i < items.size(); i++) {
      Target target = stored(items.get(i), "/targets/" + i, secret(secrets, i), home, faults);
      if (target != null) {
        targets.add(target);
      }
    }
    var spec =
        new BindingSpec(
            members.flag("active", true),
            targets,
            deadline(members),
            members.flag("keepDocuments", false));
    return faults.isEmpty() ? spec : null;
  }

  private static @Nullable String secret(JsonObject secrets, int place) {
    return secrets.get(Integer.toString(place)) instanceof JsonString(String secret)
        ? secret
        : null;
  }

  private static @Nullable Target stored(
      Json item, String pointer, @Nullable String secret, Home home, Faults faults) {
    Members members = Members.of(item, pointer, faults);
    NotFound notFound = NotFound.read(members, faults);
    if (members.get("connector") instanceof JsonString(String id)) {
      return new Target.Shared(Ids.parse(Connector.PREFIX, id).orElse(0), notFound);
    }
    if (!(item instanceof JsonObject object)) {
      return null;
    }
    Draft draft =
        ConnectorDocument.fromStored(
            document(object, ""), secret, true, home, new JsonReader(), faults);
    return draft == null ? null : own(draft, home, notFound);
  }
}
