package io.fairlead.user;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who is signed in: rows, and all of them in memory, so that a call is let in without asking the
/// database. A session ends 12 hours after its last call and 7 days after it began, whichever comes
/// first. A user has 20 at most; another one ends the oldest.
public final class Sessions {
  /// How long a session lasts without a call.
  public static final Duration IDLE = Duration.ofHours(12);

  /// How long a session lasts at most.
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final int MOST_OF_A_USER = 20;
  private static final long SEEN_NOTED_EVERY_MILLIS = 60_000;

  private static final class Entry {
    private final long id;
    private final long person;
    private final long createdAt;
    private volatile long seenAt;
    private volatile long writtenAt;

    private Entry(long id, long person, long createdAt, long seenAt) {
      this.id = id;
      this.person = person;
      this.createdAt = createdAt;
      this.seenAt = seenAt;
      this.writtenAt = seenAt;
    }

    private boolean isOver(long now) {
      return now - seenAt >= IDLE.toMillis() || now - createdAt >= LONGEST.toMillis();
    }
  }

  private record Stored(Token.Hash hash, Entry entry) {}

  private final Database database;
  private final Users users;
  private final Ids ids;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<Token.Hash, Entry> byHash = new ConcurrentHashMap<>();

  /// Knows no session until {@link #load}.
  public Sessions(Database database, Users users, Ids ids, Clock clock) {
    this.database = database;
    this.users = users;
    this.ids = ids;
    this.clock = clock;
  }

  /// Reads all sessions; at start, after the users.
  public void load() {
    database
        .read(handle ->
            handle
                .createQuery("SELECT * FROM person_session")
                .map((row, _) ->
                    new Stored(
                        Token.Hash.of(row.getBytes("hash")),
                        new Entry(
                            row.getLong("id"),
                            row.getLong("person"),
                            row.getLong("created_at"),
                            row.getLong("seen_at"))))
                .list())
        .forEach(stored -> byHash.put(stored.hash(), stored.entry()));
  }

  /// The session whose token a cookie holds, which this call keeps alive; null when there is none,
  /// or it is over. From any thread.
  public @Nullable Session find(String text) {
    var token = new Token(text);
    Entry entry = byHash.get(token.hash());
    long now = clock.millis();
    User user = entry == null || entry.isOver(now) ? null : users.get(entry.person);
    if (entry == null || user == null) {
      return null;
    }
    if (now - entry.seenAt >= SEEN_NOTED_EVERY_MILLIS) {
      entry.seenAt = now;
    }
    return new Session(entry.id, user, entry.createdAt, token);
  }

  /// Signs a user in, with a token that nobody has seen before.
  public Session begin(User user) {
    Token token = Token.random(random);
    long now = clock.millis();
    var entry = new Entry(ids.next(), user.id(), now, now);
    Token.Hash hash = token.hash();
    List<Long> tooMany = oldest(user.id());
    var _ =
        database.write(
            handle -> {
              tooMany.forEach(id -> delete(handle, id));
              return insert(handle, entry, hash);
            },
            _ -> {
              forget(other -> tooMany.contains(other.id));
              byHash.put(hash, entry);
            });
    return new Session(entry.id, user, now, token);
  }

  private List<Long> oldest(long person) {
    List<Long> all =
        byHash.values().stream()
            .filter(entry -> entry.person == person)
            .map(entry -> entry.id)
            .sorted()
            .toList();
    return all.subList(0, Math.max(0, all.size() + 1 - MOST_OF_A_USER));
  }

  private static int insert(Handle handle, Entry entry, Token.Hash hash) {
    return handle
        .createUpdate(
            """
            INSERT INTO person_session (id, hash, person, created_at, seen_at)
            VALUES (:id, :hash, :person, :createdAt, :seenAt)
            """)
        .bind("id", entry.id)
        .bind("hash", hash.bytes())
        .bind("person", entry.person)
        .bind("createdAt", entry.createdAt)
        .bind("seenAt", entry.seenAt)
        .execute();
  }

  private static void delete(Handle handle, long id) {
    var _ =
        handle.createUpdate("DELETE FROM person_session WHERE id = :id").bind("id", id).execute();
  }

  /// Signs out: from the return on no call is let in with it.
  public void end(Session session) {
    endThose(entry -> entry.id == session.id());
  }

  /// Signs a user out everywhere.
  public void endAll(long user) {
    endThose(entry -> entry.person == user);
  }

  /// Signs a user out everywhere else.
  public void endOthers(Session session) {
    endThose(entry -> entry.person == session.user().id() && entry.id != session.id());
  }

  private void endThose(Predicate<Entry> which) {
    List<Long> ended = byHash.values().stream().filter(which).map(entry -> entry.id).toList();
    if (ended.isEmpty()) {
      return;
    }
    // Before the commit: what was to end must not go on because the database is away.
    forget(which);
    var _ =
        database.write(handle -> {
          ended.forEach(id -> delete(handle, id));
          return ended.size();
        });
  }

  private void forget(Predicate<Entry> which) {
    byHash.values().removeIf(which);
  }

  /// When a user was last seen, to the minute, in epoch milliseconds; null when they are signed in
  /// nowhere.
  public @Nullable Long seenAt(long user) {
    return byHash.values().stream()
        .filter(entry -> entry.person == user)
        .map(entry -> entry.seenAt)
        .max(Long::compare)
        .orElse(null);
  }

  /// Writes down when sessions were last seen, and forgets those that are over. To be called about
  /// once a minute, and before the end.
  public synchronized void flush() {
    long now = clock.millis();
    endThose(entry -> entry.isOver(now));
    var seen = new HashMap<Long, Long>();
    var written = new ArrayList<Entry>();
    for (Entry entry : byHash.values()) {
      if (entry.seenAt != entry.writtenAt) {
        seen.put(entry.id, entry.seenAt);
        written.add(entry);
      }
    }
    if (seen.isEmpty()) {
      return;
    }
    var _ = database.write(handle -> writeSeen(handle, seen));
    written.forEach(entry -> entry.writtenAt = seen.getOrDefault(entry.id, entry.writtenAt));
  }

  private static int writeSeen(Handle handle, Map<Long, Long> seen) {
    var batch = handle.prepareBatch("UPDATE person_session SET seen_at = :seen WHERE id = :id");
    seen.forEach((id, at) -> batch.bind("seen", at).bind("id", id).add());
    return batch.execute().length;
  }
}
