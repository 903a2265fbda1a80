package io.fairlead.api;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.call.Attempt;
import io.fairlead.call.Callers;
import io.fairlead.call.Occasion;
import io.fairlead.call.RequestMaker;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.connector.Trigger;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.TestLog;
import io.fairlead.event.Events;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.JsonDiff;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/connectors/{id}/test` and `POST /v1/preview`: what would be sent, before anything is,
/// and one call that counts for nothing.
public final class PreviewResource {
  private static final int MOST_AT_ONCE = 8;
  private static final int MOST_EVENTS = 50;
  private static final TextRule EVENT_TYPE =
      TextRule.matching(1, 200, "[A-Za-z0-9._:/-]+", "is an event type of A-Z a-z 0-9 . _ : / -");

  /// What a request is made for.
  ///
  /// @param given whether the data was given with the call
  private record Subject(long event, String type, long time, byte[] data, boolean given) {
    static Subject of(StoredEvent.WithData stored) {
      StoredEvent event = stored.event();
      return new Subject(event.id(), event.type(), event.occurredAt(), stored.data(), false);
    }

    Occasion occasion(long delivery) {
      return new Occasion(delivery, event, type, time, data, 1);
    }
  }

  private final Catalog catalog;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final Events events;
  private final DeliveryLog log;
  private final TestLog tests;
  private final RequestMaker maker;
  private final Callers callers;
  private final Clock clock;
  private final Turns turns = new Turns(MOST_AT_ONCE, "tests and previews of this tenant");

  /// @param log reads what a test came to
  /// @param tests writes it
  /// @param maker makes requests that are only looked at
  /// @param callers send the others
  public PreviewResource(
      Catalog catalog,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors,
      Events events,
      DeliveryLog log,
      TestLog tests,
      RequestMaker maker,
      Callers callers,
      Clock clock) {
    this.catalog = catalog;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
    this.events = events;
    this.log = log;
    this.tests = tests;
    this.maker = maker;
    this.callers = callers;
    this.clock = clock;
  }

  Response test(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    boolean dryRun = dryRun(members);
    Asked asked = asked(call, members, false);
    members.refuseOthers();
    Connector connector = find(call.tenant(), call.id(Connector.PREFIX, "connector"), call.id());
    return turns.take(
        call.tenant().id(),
        () -> {
          Subject subject = subjects(call, connector, asked).getFirst();
          return Answers.json(200, dryRun ? dry(connector, subject) : live(connector, subject));
        });
  }

  /// The member `dryRun`, which has to be there.
  static boolean dryRun(Members members) {
    if (members.get("dryRun") instanceof JsonBool(boolean dryRun)) {
      return dryRun;
    }
    members.fault("dryRun", "Say whether it is a dry run: true shows the request, false sends it.");
    return true;
  }

  /// What the caller wants it done with; nothing of it: the latest event that is meant.
  private record Asked(
      @Nullable Json data, @Nullable String type, @Nullable Long event, int last) {}

  private static Asked asked(Call call, Members members, boolean many) {
    Json data = members.get("data");
    String type = members.optionalText("eventType", EVENT_TYPE);
    Json event = members.get("event");
    Long id = event == null ? null : eventId(call, event);
    int last = many ? members.wholeNumber("last", 1, MOST_EVENTS, 1) : 1;
    int given =
        (data == null ? 0 : 1) + (event == null ? 0 : 1) + (many && members.has("last") ? 1 : 0);
    if (given > 1) {
      String more = many ? "data, an event or the last ones" : "data or an event";
      members.fault(data == null ? "event" : "data", "Give %s: one of them.".formatted(more));
    }
    if (type != null && data == null) {
      members.fault("eventType", "An eventType goes with data.");
    }
    return new Asked(data, type, id, last);
  }

  private static @Nullable Long eventId(Call call, Json event) {
    if (event instanceof Json.JsonString(String text)) {
      var id = Ids.parse(StoredEvent.PREFIX, text);
      if (id.isPresent()) {
        return id.getAsLong();
      }
    }
    call.faults().at("/event", "event is an id such as " + Ids.text(StoredEvent.PREFIX, 0) + ".");
    return null;
  }

  private List<Subject> subjects(Call call, Connector connector, Asked asked) {
    Json data = asked.data();
    if (data != null) {
      String type = asked.type() == null ? typeFor(connector) : asked.type();
      return List.of(
          new Subject(tests.newEvent(), type, clock.millis(), JsonWriter.bytes(data), true));
    }
    long tenant = call.tenant().id();
    Long event = asked.event();
    if (event != null) {
      StoredEvent.WithData stored = events.get(tenant, event).orElse(null);
      if (stored != null) {
        return List.of(Subject.of(stored));
      }
      call.faults().at("/event", "There is no event %s.".formatted(Ids.text("evt_", event)));
      call.refuse();
    }
    List<Subject> found =
        events
            .latest(
                tenant,
                connector::means,
                stored -> connector.means(stored.event().type(), stored.data()),
                asked.last())
            .stream()
            .map(Subject::of)
            .toList();
    if (found.isEmpty()) {
      throw new Refused(
          Problem.of(
              Kind.CONFLICT,
              "None of the last events is meant by the connector's triggers. Give data, or an event."));
    }
    return found;
  }

  /// A type that the connector would get.
  private static String typeFor(Connector connector) {
    for (Trigger trigger : connector.spec().triggers()) {
      String type = trigger.eventType();
      if (!type.equals("*")) {
        return type.endsWith(".*") ? type.substring(0, type.length() - 1) + "test" : type;
      }
    }
    return "test";
  }

  private Json dry(Connector connector, Subject subject) {
    return Json.object()
        .put("dryRun", true)
        .putAll(shown(connector, subject, delivery(subject)).build())
        .build();
  }

  /// An event that is given has the number of its delivery after its own.
  private long delivery(Subject subject) {
    return subject.given() ? subject.event() + 1 : tests.newDelivery();
  }

  private Json live(Connector connector, Subject subject) {
    Occasion occasion = subject.occasion(delivery(subject));
    Json.Builder shown = shown(connector, subject, occasion.delivery());
    Attempt attempt = callers.call(connector, occasion);
    tests.write(connector, occasion, subject.given(), attempt);
    long tenant = connector.tenant();
    long id = occasion.delivery();
    return Json.object()
        .put("dryRun", false)
        .putAll(shown.build())
        .put(
            "delivery",
            log.get(tenant, id).map(one -> DeliveryResource.json(one).build()).orElseThrow())
        .put("attempt", log.exchange(tenant, id).map(AttemptResource::json).orElseThrow())
        .build();
  }

  /// The request as it would be sent, and where all that is in it comes from.
  private Json.Builder shown(Connector connector, Subject subject, long delivery) {
    Occasion occasion = subject.occasion(delivery);
    long now = clock.millis();
    RequestMaker.Dry dry = maker.dry(connector, occasion, now);
    return Json.object()
        .put(
            "event",
            Json.object()
                .put("id", subject.given() ? null : Ids.text(StoredEvent.PREFIX, subject.event()))
                .put("type", subject.type())
                .put("time", Answers.time(subject.time()))
                .build())
        .putAll(DryJson.of(dry, occasion, now))
        .put("notes", Json.array(notes(connector, subject).stream().map(Json::of).toList()));
  }

  private static List<String> notes(Connector connector, Subject subject) {
    var notes = new ArrayList<String>();
    if (connector.spec().triggers().isEmpty()) {
      notes.add("The connector has no trigger: it gets no events by itself.");
    } else if (!connector.means(subject.type(), subject.data())) {
      notes.add("None of the connector's triggers means this event.");
    }
    if (!connector.active()) {
      notes.add("The connector is not active. A test is made all the same.");
    }
    return notes;
  }

  Response preview(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    Connector saved = saved(call, members);
    Json document = members.required("connector");
    Draft read = members.has("connector") ? draft(call, document, saved) : null;
    Asked asked = asked(call, members, true);
    members.refuseOthers();
    Draft draft = call.right(read);
    Connector unsaved =
        Connector.unsaved(saved == null ? 0 : saved.id(), home(call.tenant()), draft);
    return turns.take(
        call.tenant().id(),
        () -> {
          List<Json> results =
              subjects(call, unsaved, asked).stream()
                  .map(subject -> compared(unsaved, saved, subject))
                  .toList();
          return Answers.json(
              200,
              Json.object()
                  .put("results", Json.array(results))
                  .put("notes", Json.array(draft.notes().stream().map(Json::of).toList()))
                  .build());
        });
  }

  private @Nullable Connector saved(Call call, Members members) {
    Json id = members.get("id");
    if (id == null) {
      return null;
    }
    Connector found =
        id instanceof Json.JsonString(String text)
            ? catalog.get(Ids.parse(Connector.PREFIX, text).orElse(-1))
            : null;
    if (found == null || found.tenant() != call.tenant().id()) {
      members.fault("id", "There is no such connector. Leave id out for a new one.");
      return null;
    }
    return found;
  }

  /// Read as it would be read if it were saved, kept secrets and all.
  private @Nullable Draft draft(Call call, Json document, @Nullable Connector saved) {
    var faults = new Faults();
    Home home = home(call.tenant());
    Draft draft =
        saved == null
            ? ConnectorDocument.create(document, home, faults)
            : ConnectorDocument.replace(document, saved, home, faults);
    for (Fault fault : faults.list()) {
      call.faults().at("/connector" + fault.at(), fault.detail());
    }
    return draft;
  }

  private Home home(Tenant tenant) {
    return new Home(tenant.id(), tenant.name(), authorizations, adaptors);
  }

  /// What a draft would send, and what the saved one would, at the same moment.
  private Json compared(Connector draft, @Nullable Connector saved, Subject subject) {
    long delivery = delivery(subject);
    Occasion occasion = subject.occasion(delivery);
    Json.Builder result = shown(draft, subject, delivery);
    if (saved == null) {
      return result.build();
    }
    long now = clock.millis();
    Json before = DryJson.outcome(maker.dry(saved, occasion, now), occasion, now);
    Json after = DryJson.outcome(maker.dry(draft, occasion, now), occasion, now);
    List<JsonDiff.Change> changes = JsonDiff.of(before, after);
    return result
        .put("changed", !changes.isEmpty())
        .put("before", before)
        .put("changes", Json.array(changes.stream().map(JsonDiff.Change::json).toList()))
        .build();
  }

  private Connector find(Tenant tenant, long id, String text) {
    Connector connector = catalog.get(id);
    if (connector == null || connector.tenant() != tenant.id()) {
      throw Answers.notFound("connector", text);
    }
    return connector;
  }
}
