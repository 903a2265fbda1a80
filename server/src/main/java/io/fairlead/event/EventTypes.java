package io.fairlead.event;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonSchema;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.storage.Database;
import io.fairlead.storage.StoreRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Every type of events, in memory and in the database, with the data of one of its latest events.
///
/// What ingest tells costs a look into a map: the newest data is only remembered there, and {@link
/// #flush} writes it, for each type once a minute at most. Data of the last minute may be lost in a
/// crash.
public final class EventTypes {
  /// A tenant's events of more types are taken, and their types are not remembered.
  public static final int MOST_TYPES = 1_000;

  private static final int MAX_SAMPLE_BYTES = 64 * 1024;

  /// All samples that wait to be written, together.
  private static final long MAX_WAITING_BYTES = 16L << 20;

  private static final long BETWEEN_WRITES = Duration.ofMinutes(1).toMillis();

  /// A transaction stays short.
  private static final int MOST_AT_ONCE = 32;

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final JsonReader reader = new JsonReader();
  private final Map<Long, Map<String, Known>> tenants = new ConcurrentHashMap<>();

  /// The schemas of the types that are checked; only of tenants that have such types.
  private final Map<Long, Map<String, JsonSchema>> checked = new ConcurrentHashMap<>();

  private final AtomicLong waitingBytes = new AtomicLong();

  /// One type as it is known now.
  private static final class Known {
    volatile EventType type;
    volatile boolean isWritten;
    volatile long writtenAt;
    final AtomicReference<@Nullable Sample> newest = new AtomicReference<>();

    Known(EventType type, boolean isWritten) {
      this.type = type;
      this.isWritten = isWritten;
    }
  }

  /// Data of one of the latest events.
  ///
  /// @param data JSON in UTF-8
  /// @param at when it arrived, epoch milliseconds
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  public record Sample(byte[] data, long at) {}

  /// A type with what is too large to be kept in memory.
  public record Whole(EventType type, @Nullable Json schema, @Nullable Sample sample) {}

  /// What describing a type came to.
  public sealed interface Described {
    /// It is written.
    record Done(EventType type) implements Described {}

    /// It was changed since it was read.
    enum Stale implements Described {
      /// The only one.
      STALE
    }

    /// The tenant has as many types as it may have.
    enum TooMany implements Described {
      /// The only one.
      TOO_MANY
    }
  }

  /// Puts together what types are remembered with.
  public EventTypes(Database database, Ids ids, Clock clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /// Reads every type; at start.
  ///
  /// @throws StoreRefused when one cannot be read
  public void load() {
    List<EventType> all =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT id, tenant, type, description, schema, validated, searchable, revision,
                           created_at, updated_at
                    FROM event_type ORDER BY id
                    """)
                .reduceRows(
                    new ArrayList<EventType>(),
                    (types, row) -> {
                      types.add(type(row));
                      return types;
                    }));
    for (EventType type : all) {
      remember(type);
    }
  }

  private EventType type(RowView row) {
    String name = row.getColumn("type", String.class);
    String schema = row.getColumn("schema", String.class);
    boolean validated = row.getColumn("validated", Long.class) == 1;
    return new EventType(
        row.getColumn("id", Long.class),
        row.getColumn("tenant", Long.class),
        name,
        row.getColumn("description", String.class),
        schema != null,
        validated && schema != null ? compiled(name, schema) : null,
        searchable(name, row.getColumn("searchable", String.class)),
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  private Searchable searchable(String type, @Nullable String stored) {
    if (stored == null) {
      return Searchable.NONE;
    }
    var faults = new Faults();
    Json document = Json.object().put("searchable", read(stored)).build();
    Searchable searchable = Searchable.read(Members.of(document, "", faults), faults);
    if (!faults.isEmpty()) {
      throw new StoreRefused(
          "What events of type %s are found by cannot be used: %s".formatted(type, faults.list()));
    }
    return searchable;
  }

  private JsonSchema compiled(String type, String schema) {
    var faults = new Faults();
    JsonSchema compiled = JsonSchema.compile(read(schema), "/schema", faults);
    if (compiled == null) {
      throw new StoreRefused(
          "The schema of event type %s cannot be used: %s".formatted(type, faults.list()));
    }
    return compiled;
  }

  private Json read(String text) {
    return switch (reader.read(text)) {
      case JsonReader.Result.Read(Json json) -> json;
      case JsonReader.Result.Malformed malformed ->
          throw new StoreRefused("A stored schema is no JSON: " + malformed.detail());
    };
  }

  private void remember(EventType type) {
    Known known = types(type.tenant()).computeIfAbsent(type.type(), _ -> new Known(type, true));
    known.type = type;
    known.isWritten = true;
    JsonSchema schema = type.schema();
    if (schema != null) {
      var _ =
          checked
              .computeIfAbsent(type.tenant(), _ -> new ConcurrentHashMap<>())
              .put(type.type(), schema);
    } else {
      unchecked(type);
    }
  }

  private void unchecked(EventType type) {
    Map<String, JsonSchema> own = checked.get(type.tenant());
    if (own != null) {
      own.remove(type.type());
    }
  }

  private Map<String, Known> types(long tenant) {
    return tenants.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
  }

  /// What the schema of an event's type says against its data; nothing when it has none that is
  /// asked. On the hot path.
  public List<Fault> check(NewEvent event) {
    Map<String, JsonSchema> own = checked.get(event.tenant());
    JsonSchema schema = own == null ? null : own.get(event.type());
    return schema == null ? List.of() : schema.check(reader.readTrusted(event.data()), "/data");
  }

  /// The event with what it is found by. On the hot path; data is looked into only where the type
  /// says so.
  public NewEvent searchable(NewEvent event) {
    Map<String, Known> own = tenants.get(event.tenant());
    Known known = own == null ? null : own.get(event.type());
    Searchable searchable = known == null ? Searchable.NONE : known.type.searchable();
    return searchable.paths().isEmpty()
        ? event
        : event.foundBy(searchable.texts(reader.readTrusted(event.data())));
  }

  /// Remembers the type and the data of an event that has been stored. On the hot path.
  public void seen(NewEvent event) {
    Map<String, Known> own = types(event.tenant());
    Known known = own.get(event.type());
    if (known == null) {
      if (own.size() >= MOST_TYPES) {
        return;
      }
      known = own.computeIfAbsent(event.type(), _ -> first(event));
    }
    byte[] data = event.data();
    if (data.length > MAX_SAMPLE_BYTES || waitingBytes.get() > MAX_WAITING_BYTES) {
      return;
    }
    Sample before = known.newest.getAndSet(new Sample(data, clock.millis()));
    waitingBytes.addAndGet(data.length - (before == null ? 0L : before.data().length));
  }

  private Known first(NewEvent event) {
    long now = clock.millis();
    return new Known(
        new EventType(
            ids.next(),
            event.tenant(),
            event.type(),
            null,
            false,
            null,
            Searchable.NONE,
            1,
            now,
            now),
        false);
  }

  /// A row to write.
  private record Due(Known known, @Nullable Sample sample) {}

  /// Writes what is new: types that were not known, and the newest data of those that were last
  /// written a minute ago or longer. Not for event loops.
  public synchronized void flush() {
    flush(clock.millis() - BETWEEN_WRITES);
  }

  /// Writes all that is new; when the hub stops.
  public synchronized void flushAll() {
    flush(Long.MAX_VALUE);
  }

  private void flush(long writtenBefore) {
    var due = new ArrayList<Due>();
    for (Map<String, Known> own : tenants.values()) {
      for (Known known : own.values()) {
        boolean isNew = !known.isWritten;
        if (isNew || (known.newest.get() != null && known.writtenAt <= writtenBefore)) {
          due.add(new Due(known, taken(known)));
        }
        if (due.size() == MOST_AT_ONCE) {
          write(due);
          due.clear();
        }
      }
    }
    write(due);
  }

  private @Nullable Sample taken(Known known) {
    Sample sample = known.newest.getAndSet(null);
    if (sample != null) {
      waitingBytes.addAndGet(-sample.data().length);
    }
    return sample;
  }

  private void write(List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    long now = clock.millis();
    var _ =
        database.write(handle -> {
          for (Due one : due) {
            // One that was deleted in the meantime comes back with its next event.
            if (isKnown(one.known())) {
              write(handle, one);
            }
          }
          return due.size();
        });
    for (Due one : due) {
      one.known().isWritten = true;
      one.known().writtenAt = now;
    }
  }

  private boolean isKnown(Known known) {
    Map<String, Known> own = tenants.get(known.type.tenant());
    return own != null && own.containsKey(known.type.type());
  }

  private static void write(Handle handle, Due due) {
    EventType type = due.known().type;
    Sample sample = due.sample();
    handle
        .createUpdate(
            """
            INSERT INTO event_type (id, tenant, type, validated, sample, sample_at, revision,
                                    created_at, updated_at)
            VALUES (:id, :tenant, :type, 0, :sample, :sampleAt, 1, :createdAt, :createdAt)
            ON CONFLICT (tenant, type) DO UPDATE
            SET sample = excluded.sample, sample_at = excluded.sample_at
            """)
        .bind("id", type.id())
        .bind("tenant", type.tenant())
        .bind("type", type.type())
        .bindByType("sample", sample == null ? null : sample.data(), byte[].class)
        .bindByType("sampleAt", sample == null ? null : sample.at(), Long.class)
        .bind("createdAt", type.createdAt())
        .execute();
  }

  /// A tenant's types in the order of first use.
  public List<EventType> of(long tenant) {
    Map<String, Known> own = tenants.get(tenant);
    return own == null
        ? List.of()
        : own.values().stream()
            .map(known -> known.type)
            .sorted(Comparator.comparingLong(EventType::id))
            .toList();
  }

  /// A type without schema and sample, or null.
  public @Nullable EventType get(long tenant, String type) {
    Map<String, Known> own = tenants.get(tenant);
    Known known = own == null ? null : own.get(type);
    return known == null ? null : known.type;
  }

  /// A type with schema and sample.
  public Whole whole(EventType type) {
    Map<String, Known> own = tenants.get(type.tenant());
    Known known = own == null ? null : own.get(type.type());
    Sample newest = known == null ? null : known.newest.get();
    Whole stored =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT schema, sample, sample_at FROM event_type
                    WHERE tenant = :tenant AND type = :type
                    """)
                .bind("tenant", type.tenant())
                .bind("type", type.type())
                .map((row, _) -> {
                  String schema = row.getString("schema");
                  byte[] sample = row.getBytes("sample");
                  return new Whole(
                      type,
                      schema == null ? null : read(schema),
                      sample == null ? null : new Sample(sample, row.getLong("sample_at")));
                })
                .findOne()
                .orElse(new Whole(type, null, null)));
    return newest == null ? stored : new Whole(type, stored.schema(), newest);
  }

  /// Describes a type, which need not have been used yet.
  ///
  /// @param before as it was read; null when there was none
  public Described describe(
      long tenant, String type, @Nullable EventType before, EventTypeDraft draft) {
    return database.write(
        handle -> {
          EventType now = get(tenant, type);
          if ((now == null ? 0 : now.revision()) != (before == null ? 0 : before.revision())) {
            return Described.Stale.STALE;
          }
          if (now == null && types(tenant).size() >= MOST_TYPES) {
            return Described.TooMany.TOO_MANY;
          }
          EventType described = described(tenant, type, now, draft);
          upsert(handle, described, draft);
          return new Described.Done(described);
        },
        described -> {
          if (described instanceof Described.Done(EventType done)) {
            remember(done);
          }
        });
  }

  private EventType described(
      long tenant, String type, @Nullable EventType before, EventTypeDraft draft) {
    long now = clock.millis();
    return new EventType(
        before == null ? ids.next() : before.id(),
        tenant,
        type,
        draft.description(),
        draft.document() != null,
        draft.validate() ? draft.compiled() : null,
        draft.searchable(),
        before == null ? 1 : before.revision() + 1,
        before == null ? now : before.createdAt(),
        now);
  }

  private static void upsert(Handle handle, EventType type, EventTypeDraft draft) {
    Json schema = draft.document();
    handle
        .createUpdate(
            """
            INSERT INTO event_type (id, tenant, type, description, schema, validated, searchable,
                                    revision, created_at, updated_at)
            VALUES (:id, :tenant, :type, :description, :schema, :validated, :searchable, :revision,
                    :createdAt, :updatedAt)
            ON CONFLICT (tenant, type) DO UPDATE
            SET description = excluded.description, schema = excluded.schema,
                validated = excluded.validated, searchable = excluded.searchable, revision = excluded.revision,
                updated_at = excluded.updated_at
            """)
        .bind("id", type.id())
        .bind("tenant", type.tenant())
        .bind("type", type.type())
        .bindByType("description", type.description(), String.class)
        .bindByType("schema", schema == null ? null : JsonWriter.text(schema), String.class)
        .bind("validated", type.validates() ? 1L : 0L)
        .bindByType(
            "searchable",
            type.searchable().paths().isEmpty() ? null : JsonWriter.text(type.searchable().json()),
            String.class)
        .bind("revision", (long) type.revision())
        .bind("createdAt", type.createdAt())
        .bind("updatedAt", type.updatedAt())
        .execute();
  }

  /// Forgets a type with its description, schema and sample; it comes back with its next event.
  ///
  /// @return whether it was there, and as it was read
  public boolean forget(EventType before) {
    return database.write(
        handle -> {
          EventType now = get(before.tenant(), before.type());
          if (now == null || now.revision() != before.revision()) {
            return false;
          }
          handle
              .createUpdate("DELETE FROM event_type WHERE tenant = :tenant AND type = :type")
              .bind("tenant", before.tenant())
              .bind("type", before.type())
              .execute();
          return true;
        },
        forgotten -> {
          if (forgotten) {
            Known gone = types(before.tenant()).remove(before.type());
            if (gone != null) {
              var _ = taken(gone);
            }
            unchecked(before);
          }
        });
  }
}
