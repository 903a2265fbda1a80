package io.fairlead.user;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import io.fairlead.tenant.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The users: their rows, and all of them in memory, since every call of a session asks what its
/// user may do.
public final class Users {
  /// What a change of a membership came to.
  public sealed interface Change {
    /// It is written.
    ///
    /// @param user null when nothing is left of them
    record Done(@Nullable User user) implements Change {}

    /// They are nothing in that tenant.
    record Missing() implements Change {}

    /// It was changed since it was read.
    record Stale() implements Change {}

    /// The tenant would have no owner.
    record LastOwner() implements Change {}
  }

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final Map<Long, User> byId = new ConcurrentHashMap<>();
  private final Map<String, User> byEmail = new ConcurrentHashMap<>();

  /// Knows nobody until {@link #load}.
  public Users(Database database, Ids ids, Clock clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /// Reads all users; at start.
  public void load() {
    database
        .read(handle -> {
          var memberships =
              handle
                  .createQuery("SELECT * FROM membership ORDER BY created_at, tenant")
                  .map((row, _) -> Map.entry(row.getLong("person"), membership(row)))
                  .stream()
                  .collect(
                      java.util.stream.Collectors.groupingBy(
                          Map.Entry::getKey,
                          java.util.stream.Collectors.mapping(
                              Map.Entry::getValue, java.util.stream.Collectors.toList())));
          return handle
              .createQuery("SELECT * FROM person")
              .map((row, _) -> user(row, memberships.getOrDefault(row.getLong("id"), List.of())))
              .list();
        })
        .forEach(this::remember);
  }

  void remember(User user) {
    byId.put(user.id(), user);
    byEmail.put(user.email(), user);
  }

  private void forget(User user) {
    byId.remove(user.id());
    byEmail.remove(user.email());
  }

  /// Whether nobody has a password yet.
  public boolean isEmpty() {
    return byId.values().stream().noneMatch(User::active);
  }

  /// The user of that number, or null. From any thread.
  public @Nullable User get(long id) {
    return byId.get(id);
  }

  /// The user with that email address in lower case, or null.
  public @Nullable User byEmail(String email) {
    return byEmail.get(email);
  }

  /// Everybody in a tenant, the invited too, in the order of their numbers.
  public List<User> of(long tenant) {
    return byId.values().stream()
        .filter(user -> user.in(tenant) != null)
        .sorted(Comparator.comparingLong(User::id))
        .toList();
  }

  /// What is stored of a user's password, or null when there is none.
  @Nullable String password(long id) {
    return database
        .read(handle ->
            handle
                .createQuery("SELECT password FROM person WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> Optional.ofNullable(row.getString("password")))
                .findOne()
                .orElse(Optional.empty()))
        .orElse(null);
  }

  /// Stores another password.
  ///
  /// @param password as {@link Passwords#hash} made it
  public void setPassword(User user, String password) {
    var _ =
        database.write(
            handle -> {
              writePassword(handle, user.id(), user.shownName(), password);
              return read(handle, user.id());
            },
            after -> after.ifPresent(this::remember));
  }

  /// Changes what a user is in a tenant.
  ///
  /// @param before as it was read
  /// @param operator whether they are an operator from now on
  public Change change(
      User user, Membership before, Role role, boolean payloads, boolean operator) {
    return save(
        user,
        handle -> {
          Change refused = refusal(handle, user, before, role != Role.OWNER);
          if (refused != null) {
            return refused;
          }
          var _ =
              handle
                  .createUpdate(
                      """
                      UPDATE membership SET role = :role, payloads = :payloads,
                        revision = revision + 1
                      WHERE tenant = :tenant AND person = :person
                      """)
                  .bind("role", role.text())
                  .bind("payloads", payloads ? 1 : 0)
                  .bind("tenant", before.tenant())
                  .bind("person", user.id())
                  .execute();
          writeOperator(handle, user.id(), operator);
          return new Change.Done(read(handle, user.id()).orElse(null));
        });
  }

  static void writeOperator(Handle handle, long person, boolean operator) {
    var _ =
        handle
            .createUpdate("UPDATE person SET operator = :operator WHERE id = :id")
            .bind("operator", operator ? 1 : 0)
            .bind("id", person)
            .execute();
  }

  /// Takes a user out of a tenant; who is then in none and is no operator is deleted.
  ///
  /// @param before as it was read
  public Change remove(User user, Membership before) {
    return save(
        user,
        handle -> {
          Change refused = refusal(handle, user, before, true);
          if (refused != null) {
            return refused;
          }
          execute(handle, "DELETE FROM membership WHERE person = :a AND tenant = :b", user, before);
          execute(handle, "DELETE FROM setup_link WHERE person = :a AND tenant = :b", user, before);
          User left = read(handle, user.id()).orElse(null);
          if (left == null || left.operator() || !left.memberships().isEmpty()) {
            return new Change.Done(left);
          }
          for (String table : List.of("setup_link", "person_session")) {
            execute(handle, "DELETE FROM " + table + " WHERE person = :a AND 0 < :b", user, before);
          }
          execute(handle, "DELETE FROM person WHERE id = :a AND 0 < :b", user, before);
          return new Change.Done(null);
        });
  }

  private static void execute(Handle handle, String sql, User user, Membership membership) {
    var _ = handle.createUpdate(sql).bind("a", user.id()).bind("b", membership.tenant()).execute();
  }

  private Change save(User user, io.fairlead.storage.Sql<Change> work) {
    Consumer<Change> committed =
        change -> {
          if (change instanceof Change.Done(User after)) {
            if (after == null) {
              forget(user);
            } else {
              remember(after);
            }
          }
        };
    return database.write(work, committed);
  }

  private static @Nullable Change refusal(
      Handle handle, User user, Membership before, boolean losesOwner) {
    Membership now = read(handle, user.id()).map(found -> found.in(before.tenant())).orElse(null);
    if (now == null) {
      return new Change.Missing();
    }
    if (now.revision() != before.revision()) {
      return new Change.Stale();
    }
    boolean isOwner = now.role() == Role.OWNER && now.joined();
    return isOwner && losesOwner && owners(handle, now.tenant()) == 1
        ? new Change.LastOwner()
        : null;
  }

  private static int owners(Handle handle, long tenant) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM membership WHERE tenant = :tenant AND role = 'owner' AND joined = 1")
        .bind("tenant", tenant)
        .mapTo(Integer.class)
        .one();
  }

  /// The user of that email address, made when there is none.
  User findOrInsert(Handle handle, String email) {
    User found =
        handle
            .createQuery("SELECT id FROM person WHERE email = :email")
            .bind("email", email)
            .mapTo(Long.class)
            .findOne()
            .flatMap(id -> read(handle, id))
            .orElse(null);
    if (found != null) {
      return found;
    }
    var user = new User(ids.next(), email, null, false, false, clock.millis(), List.of());
    var _ =
        handle
            .createUpdate(
                """
                INSERT INTO person (id, email, operator, created_at)
                VALUES (:id, :email, 0, :createdAt)
                """)
            .bind("id", user.id())
            .bind("email", email)
            .bind("createdAt", user.createdAt())
            .execute();
    return user;
  }

  void insertMembership(
      Handle handle, long person, long tenant, Role role, boolean payloads, boolean joined) {
    var _ =
        handle
            .createUpdate(
                """
                INSERT INTO membership
                  (person, tenant, role, payloads, joined, revision, created_at)
                VALUES (:person, :tenant, :role, :payloads, :joined, 1, :createdAt)
                """)
            .bind("person", person)
            .bind("tenant", tenant)
            .bind("role", role.text())
            .bind("payloads", payloads ? 1 : 0)
            .bind("joined", joined ? 1 : 0)
            .bind("createdAt", clock.millis())
            .execute();
  }

  static void writeJoined(Handle handle, long person, long tenant) {
    var _ =
        handle
            .createUpdate(
                """
                UPDATE membership SET joined = 1, revision = revision + 1
                WHERE person = :person AND tenant = :tenant
                """)
            .bind("person", person)
            .bind("tenant", tenant)
            .execute();
  }

  static void writePassword(Handle handle, long person, String name, String password) {
    var _ =
        handle
            .createUpdate("UPDATE person SET name = :name, password = :password WHERE id = :id")
            .bind("name", name)
            .bind("password", password)
            .bind("id", person)
            .execute();
  }

  static boolean isEmpty(Handle handle) {
    return handle
            .createQuery("SELECT COUNT(*) FROM person WHERE password IS NOT NULL")
            .mapTo(Integer.class)
            .one()
        == 0;
  }

  static Optional<User> read(Handle handle, long id) {
    List<Membership> memberships =
        handle
            .createQuery("SELECT * FROM membership WHERE person = :id ORDER BY created_at, tenant")
            .bind("id", id)
            .map((row, _) -> membership(row))
            .list();
    return handle
        .createQuery("SELECT * FROM person WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> user(row, memberships))
        .findOne();
  }

  private static User user(ResultSet row, List<Membership> memberships) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("email"),
        row.getString("name"),
        row.getInt("operator") != 0,
        row.getString("password") != null,
        row.getLong("created_at"),
        memberships);
  }

  private static Membership membership(ResultSet row) throws SQLException {
    Role role = Role.ofUsers(row.getString("role"));
    if (role == null) {
      throw new SQLException("a user has a role that this version does not know");
    }
    return new Membership(
        row.getLong("tenant"),
        role,
        row.getInt("payloads") != 0,
        row.getInt("joined") != 0,
        row.getInt("revision"),
        row.getLong("created_at"));
  }
}
