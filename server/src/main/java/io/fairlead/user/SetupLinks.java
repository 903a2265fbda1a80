package io.fairlead.user;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import io.fairlead.tenant.Role;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Links that bring people in: each works once, for an hour. The first of a hub makes its owner;
/// the others are invitations, or set a new password.
public final class SetupLinks {
  /// How long a link works.
  public static final Duration LASTS = Duration.ofHours(1);

  /// A link that was just made.
  ///
  /// @param token what stands in the link; nobody can find it out again
  /// @param expiresAt epoch milliseconds
  public record Made(Token token, long expiresAt) {}

  /// What a link is for.
  ///
  /// @param user whose it is; null when it makes the hub's first user
  /// @param tenant what it joins; null for nothing
  /// @param resets whether it sets a password even where there is one
  public record Meant(@Nullable User user, @Nullable Long tenant, boolean resets) {
    /// Whether the user has a password, and has to show that they know it.
    public boolean needsOwnPassword() {
      return user != null && user.active() && !resets;
    }
  }

  /// What came of an invitation.
  public sealed interface Invited {
    /// The link is made.
    record Done(User user, Made link) implements Invited {}

    /// They are in the tenant already.
    record Already(User user) implements Invited {}
  }

  private record Row(long id, @Nullable Long person, @Nullable Long tenant, boolean resets) {}

  private final Database database;
  private final Users users;
  private final Ids ids;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// @param users who is there
  public SetupLinks(Database database, Users users, Ids ids, Clock clock) {
    this.database = database;
    this.users = users;
    this.ids = ids;
    this.clock = clock;
  }

  /// The link that makes a hub's first user, in place of any before; empty when there is a user.
  public Optional<Made> first() {
    Token token = Token.random(random);
    return database.write(handle -> {
      if (!Users.isEmpty(handle)) {
        return Optional.empty();
      }
      var _ = handle.createUpdate("DELETE FROM setup_link WHERE person IS NULL").execute();
      return Optional.of(insert(handle, token, null, null, false));
    });
  }

  /// Invites somebody into a tenant.
  ///
  /// @param email in lower case
  /// @param operator whether they are an operator too
  public Invited invite(String email, long tenant, Role role, boolean payloads, boolean operator) {
    Token token = Token.random(random);
    return database.write(
        handle -> {
          User user = users.findOrInsert(handle, email);
          if (user.in(tenant) != null) {
            return new Invited.Already(user);
          }
          users.insertMembership(handle, user.id(), tenant, role, payloads, false);
          if (operator) {
            Users.writeOperator(handle, user.id(), true);
          }
          Made link = insert(handle, token, user.id(), tenant, false);
          return new Invited.Done(Users.read(handle, user.id()).orElseThrow(), link);
        },
        this::remember);
  }

  private void remember(Invited invited) {
    if (invited instanceof Invited.Done done) {
      users.remember(done.user());
    }
  }

  /// Another link for who has been invited, in place of the one before.
  ///
  /// @param resets whether it sets a new password where there is one
  public Made again(User user, long tenant, boolean resets) {
    Token token = Token.random(random);
    return database.write(handle -> {
      var _ =
          handle
              .createUpdate("DELETE FROM setup_link WHERE person = :person AND tenant = :tenant")
              .bind("person", user.id())
              .bind("tenant", tenant)
              .execute();
      return insert(handle, token, user.id(), tenant, resets);
    });
  }

  private Made insert(
      Handle handle, Token token, @Nullable Long person, @Nullable Long tenant, boolean resets) {
    long now = clock.millis();
    var _ =
        handle
            .createUpdate("DELETE FROM setup_link WHERE expires_at <= :now")
            .bind("now", now)
            .execute();
    long expiresAt = now + LASTS.toMillis();
    var _ =
        handle
            .createUpdate(
                """
                INSERT INTO setup_link (id, hash, person, tenant, resets, expires_at)
                VALUES (:id, :hash, :person, :tenant, :resets, :expiresAt)
                """)
            .bind("id", ids.next())
            .bind("hash", token.hash().bytes())
            .bindByType("person", person, Long.class)
            .bindByType("tenant", tenant, Long.class)
            .bind("resets", resets ? 1 : 0)
            .bind("expiresAt", expiresAt)
            .execute();
    return new Made(token, expiresAt);
  }

  /// What a link is for; empty when it is unknown, used or over. It is not used up by this.
  public Optional<Meant> look(String token) {
    return database.read(handle -> find(handle, token).flatMap(row -> meant(handle, row)));
  }

  private static Optional<Meant> meant(Handle handle, Row row) {
    Long person = row.person();
    if (person == null) {
      return Users.isEmpty(handle)
          ? Optional.of(new Meant(null, row.tenant(), row.resets()))
          : Optional.empty();
    }
    return Users.read(handle, person).map(user -> new Meant(user, row.tenant(), row.resets()));
  }

  private Optional<Row> find(Handle handle, String token) {
    return handle
        .createQuery("SELECT * FROM setup_link WHERE hash = :hash AND expires_at > :now")
        .bind("hash", new Token(token).hash().bytes())
        .bind("now", clock.millis())
        .map((row, _) ->
            new Row(
                row.getLong("id"),
                number(row, "person"),
                number(row, "tenant"),
                row.getInt("resets") != 0))
        .findOne();
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /// Uses a link up: makes the first user, or lets the invited one in.
  ///
  /// @param email of the first user, in lower case; an invitation has its own
  /// @param password as {@link Passwords#hash} made it; null keeps the one that they have
  /// @param home the tenant that the first user owns
  /// @return empty when somebody else has used it in the meantime
  public Optional<User> use(
      String token, String email, String name, @Nullable String password, long home) {
    return database.write(
        handle -> {
          Row row = find(handle, token).orElse(null);
          Meant meant = row == null ? null : meant(handle, row).orElse(null);
          if (row == null || meant == null) {
            return Optional.<User>empty();
          }
          if (password != null && meant.needsOwnPassword()) {
            // They got a password by another link after this one had been looked at.
            return Optional.<User>empty();
          }
          User user = meant.user();
          if (user == null) {
            user = users.findOrInsert(handle, email);
            Users.writeOperator(handle, user.id(), true);
            if (user.in(home) == null) {
              users.insertMembership(handle, user.id(), home, Role.OWNER, true, true);
            }
          }
          Long tenant = row.tenant();
          Membership membership = tenant == null ? null : user.in(tenant);
          if (membership != null && !membership.joined()) {
            Users.writeJoined(handle, user.id(), membership.tenant());
          }
          if (password != null) {
            Users.writePassword(handle, user.id(), name, password);
          }
          var _ =
              handle
                  .createUpdate("DELETE FROM setup_link WHERE id = :id")
                  .bind("id", row.id())
                  .execute();
          return Users.read(handle, user.id());
        },
        used -> used.ifPresent(users::remember));
  }
}
