package io.fairlead.ingest;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Selection;
import io.fairlead.connector.TenantConnectors;
import io.fairlead.delivery.Appended;
import io.fairlead.delivery.Backpressure;
import io.fairlead.delivery.QueueItem;
import io.fairlead.delivery.QueueResult;
import io.fairlead.event.EventTypes;
import io.fairlead.event.NewEvent;
import io.fairlead.http.Loop;
import io.fairlead.json.JsonReader;
import io.fairlead.storage.Writer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one door for events. It runs on the caller's event loop up to the writer's queue; the answer
/// comes after the commit, on the same loop.
public final class Ingest {
  /// The largest event, as a whole request body.
  public static final int MAX_EVENT_BYTES = 256 * 1024;

  /// The largest batch.
  public static final int MAX_BATCH_BYTES = 5 * 1024 * 1024;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /// An event's deliveries take the numbers after its own within one millisecond's 4,096.
  private static final int MAX_CONNECTORS = 4_095;

  private static final Problem TOO_MUCH =
      Problem.unavailable(
          "More events wait to be stored than the hub holds. Send it again.", RETRY_AFTER);
  private static final Problem NOT_STORED =
      Problem.unavailable(
          "The event could not be stored, or it is not known whether it was. Send it again with the"
              + " same id.",
          RETRY_AFTER);
  private static final Problem STORE_DOWN =
      Problem.unavailable("The database can't be written now. Send it again.", RETRY_AFTER);

  private final Writer<QueueItem, QueueResult> writer;
  private final Catalog catalog;
  private final EventTypes types;
  private final Backpressure backpressure;
  private final EventReader reader;
  private final CloudEventReader cloudEvents;
  private final Cutter cutter;
  private final Counter accepted;
  private final Counter duplicates;
  private final Counter refused;
  private volatile @Nullable Problem closed;

  /// @param writer takes events as long as its queue has room
  /// @param types hold data to their schemas, and remember it as a sample
  /// @param backpressure keeps what is brought from starving what is delivered
  public Ingest(
      Writer<QueueItem, QueueResult> writer,
      Catalog catalog,
      EventTypes types,
      Backpressure backpressure,
      JsonReader json,
      Clock clock,
      MeterRegistry meters) {
    this.writer = writer;
    this.catalog = catalog;
    this.types = types;
    this.backpressure = backpressure;
    this.reader = new EventReader(json, clock);
    this.cloudEvents = new CloudEventReader(json, clock);
    this.cutter = new Cutter(json);
    this.accepted = counter(meters, "accepted", "Events stored");
    this.duplicates = counter(meters, "duplicate", "Events that had been stored before");
    this.refused = counter(meters, "refused", "Events not taken: the hub could not store them");
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder("fairlead.events." + name).description(description).register(meters);
  }

  /// Takes no more events until {@link #open}; each is answered with the problem.
  public void close(Problem why) {
    closed = why;
  }

  /// Takes events again.
  public void open() {
    closed = null;
  }

  /// Takes one event.
  ///
  /// @param body the request's
  /// @param form what the body is
  /// @param idempotencyKey the request's header
  /// @param answer hears, on the loop, what it came to; possibly before this returns
  public void one(
      long tenant,
      byte[] body,
      EventForm form,
      @Nullable String idempotencyKey,
      Loop loop,
      Consumer<Ingested> answer) {
    if (idempotencyKey != null && !isKey(idempotencyKey)) {
      answer.accept(new Ingested.NotTaken(WRONG_KEY));
      return;
    }
    switch (read(tenant, body, 0, body.length, form, idempotencyKey)) {
      case EventReader.Result.Wrong wrong ->
          answer.accept(new Ingested.NotTaken(Problem.invalid(wrong.faults())));
      case EventReader.Result.Read read ->
          store(List.of(read.event()), loop, results -> answer.accept(results.getFirst()), answer);
    }
  }

  private static final Problem WRONG_KEY =
      Problem.invalid(
          List.of(
              Fault.inHeader(
                  "Idempotency-Key", "It must have 1 to 200 printable ASCII characters.")));

  private static boolean isKey(String key) {
    return !key.isEmpty() && key.length() <= 200 && key.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /// Takes many events; wrong ones do not stop right ones, and the right ones are stored together.
  ///
  /// @param form how the items stand in the body
  /// @param answer hears, on the loop, what each came to; possibly before this returns
  public void batch(
      long tenant, byte[] body, BatchForm form, Loop loop, Consumer<BatchIngested> answer) {
    Cutter.Result result =
        switch (form) {
          case ARRAY -> cutter.array(body, false);
          case LINES -> cutter.lines(body);
          case CLOUD_EVENTS -> cutter.array(body, true);
        };
    switch (result) {
      case Cutter.Result.Wrong wrong -> answer.accept(new BatchIngested.None(wrong.problem()));
      case Cutter.Result.Cut cut -> new Batch(form, answer).take(tenant, body, cut.pieces(), loop);
    }
  }

  private EventReader.Result read(
      long tenant,
      byte[] body,
      int offset,
      int length,
      EventForm form,
      @Nullable String idempotencyKey) {
    EventReader.Result result =
        switch (form) {
          case EventForm.Own own -> reader.read(tenant, body, offset, length, idempotencyKey);
          case EventForm.CloudEvent structured ->
              cloudEvents.structured(tenant, body, offset, length, idempotencyKey);
          case EventForm.CloudEventInHeaders binary ->
              cloudEvents.binary(tenant, body, binary.headers(), idempotencyKey);
        };
    return result instanceof EventReader.Result.Read(NewEvent event) ? checked(event) : result;
  }

  /// The event, unless it can't be taken as it is.
  private EventReader.Result checked(NewEvent event) {
    if (catalog.of(event.tenant()).matching(event.type()).size() > MAX_CONNECTORS) {
      return new EventReader.Result.Wrong(
          List.of(
              Fault.at(
                  "/type",
                  "More than 4,095 connectors have a trigger for this type; an event goes to no"
                      + " more.")));
    }
    List<Fault> faults = types.check(event);
    return faults.isEmpty()
        ? new EventReader.Result.Read(types.searchable(event))
        : new EventReader.Result.Wrong(faults);
  }

  private void store(
      List<NewEvent> events,
      Loop loop,
      Consumer<List<Ingested>> answer,
      Consumer<? super Ingested.NotTaken> notTaken) {
    backpressure.enter(loop, () -> offer(events, loop, answer, notTaken));
  }

  private void offer(
      List<NewEvent> events,
      Loop loop,
      Consumer<List<Ingested>> answer,
      Consumer<? super Ingested.NotTaken> notTaken) {
    Problem refusal = refusal();
    if (refusal != null || !writer.offer(append(events, loop, answer), weight(events))) {
      refused.increment(events.size());
      notTaken.accept(new Ingested.NotTaken(refusal == null ? TOO_MUCH : refusal));
    }
  }

  private @Nullable Problem refusal() {
    Problem why = closed;
    if (why != null) {
      return why;
    }
    return switch (writer.health()) {
      case Writer.Health.Writable writable -> null;
      case Writer.Health.Failing failing -> STORE_DOWN;
    };
  }

  private QueueItem append(List<NewEvent> events, Loop loop, Consumer<List<Ingested>> answer) {
    return new QueueItem.Append(
        events,
        selections(events),
        loop.index(),
        appended -> {
          for (int i = 0; i < appended.size(); i++) {
            if (appended.get(i) instanceof Appended.Stored) {
              types.seen(events.get(i));
            }
          }
          answer.accept(appended.stream().map(this::ingested).toList());
        });
  }

  /// Looks into the data here, so that the writer's thread does not have to; where nobody asks it
  /// nothing is done.
  private List<@Nullable Selection> selections(List<NewEvent> events) {
    List<@Nullable Selection> selections = List.of();
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      TenantConnectors connectors = catalog.of(event.tenant());
      if (connectors.meant(event.type()).asksData()) {
        if (selections.isEmpty()) {
          selections =
              new ArrayList<>(Collections.<@Nullable Selection>nCopies(events.size(), null));
        }
        selections.set(i, Selection.of(connectors, event.type(), event.data()));
      }
    }
    return selections;
  }

  private static int weight(List<NewEvent> events) {
    int bytes = 0;
    for (NewEvent event : events) {
      bytes += event.data().length + 300;
    }
    return bytes;
  }

  private Ingested ingested(Appended appended) {
    return switch (appended) {
      case Appended.Stored stored -> {
        accepted.increment();
        yield new Ingested.Taken(stored.event(), stored.count(), false);
      }
      case Appended.Repeated repeated -> {
        duplicates.increment();
        yield new Ingested.Taken(repeated.event(), repeated.deliveries(), true);
      }
      case Appended.Taken taken -> new Ingested.NotTaken(conflict(taken));
      case Appended.NotStored notStored -> {
        refused.increment();
        yield new Ingested.NotTaken(NOT_STORED);
      }
    };
  }

  private static Problem conflict(Appended.Taken taken) {
    return Problem.of(
        Kind.CONFLICT,
        "%s was stored under this id or Idempotency-Key, with other content."
            .formatted(Ids.text("evt_", taken.event())));
  }

  /// A batch under way: the wrong items' results wait for the right ones'.
  private final class Batch {
    private final EventForm form;
    private final Consumer<BatchIngested> answer;
    private final List<@Nullable Ingested> results = new ArrayList<>();

    Batch(BatchForm form, Consumer<BatchIngested> answer) {
      this.form =
          form == BatchForm.CLOUD_EVENTS ? EventForm.CloudEvent.CLOUD_EVENT : EventForm.Own.OWN;
      this.answer = answer;
    }

    void take(long tenant, byte[] body, List<Cutter.Piece> pieces, Loop loop) {
      var events = new ArrayList<NewEvent>();
      for (Cutter.Piece piece : pieces) {
        switch (read(tenant, body, piece)) {
          case EventReader.Result.Wrong wrong ->
              results.add(new Ingested.NotTaken(wrongItem(wrong, piece)));
          case EventReader.Result.Read read -> {
            results.add(null);
            events.add(read.event());
          }
        }
      }
      if (events.isEmpty()) {
        finish(List.of());
      } else {
        store(
            events,
            loop,
            this::finish,
            notTaken -> answer.accept(new BatchIngested.None(notTaken.problem())));
      }
    }

    private EventReader.Result read(long tenant, byte[] body, Cutter.Piece piece) {
      return piece.length() > MAX_EVENT_BYTES
          ? new EventReader.Result.Wrong(List.of())
          : Ingest.this.read(tenant, body, piece.offset(), piece.length(), form, null);
    }

    private Problem wrongItem(EventReader.Result.Wrong wrong, Cutter.Piece piece) {
      return piece.length() > MAX_EVENT_BYTES
          ? Problem.of(Kind.TOO_LARGE, "An event may be 256 KiB.")
          : Problem.invalid(wrong.faults());
    }

    private void finish(List<Ingested> stored) {
      if (stored.stream().anyMatch(Batch::isNotStored)) {
        answer.accept(new BatchIngested.None(NOT_STORED));
        return;
      }
      var rest = stored.iterator();
      var each = new ArrayList<Ingested>(results.size());
      for (Ingested result : results) {
        each.add(result == null ? rest.next() : result);
      }
      answer.accept(new BatchIngested.Each(each));
    }

    private static boolean isNotStored(Ingested result) {
      return result instanceof Ingested.NotTaken notTaken
          && notTaken.problem().kind() == Kind.UNAVAILABLE;
    }
  }
}
