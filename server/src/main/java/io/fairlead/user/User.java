package io.fairlead.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who may sign in, or has been invited to. The password is not here.
///
/// @param id the number; public with the prefix `usr_`
/// @param email in lower case; no two users have the same
/// @param name what people call them; null until they came
/// @param operator whether they may do everything, for every tenant
/// @param active whether they have a password
/// @param createdAt epoch milliseconds
/// @param memberships in the order in which they were made
public record User(
    long id,
    String email,
    @Nullable String name,
    boolean operator,
    boolean active,
    long createdAt,
    List<Membership> memberships) {
  /// The prefix of public ids.
  public static final String PREFIX = "usr_";

  public User {
    memberships = List.copyOf(memberships);
  }

  /// What they are in a tenant, joined or not; null for nothing.
  public @Nullable Membership in(long tenant) {
    return memberships.stream().filter(one -> one.tenant() == tenant).findFirst().orElse(null);
  }

  /// Those that they have joined.
  public List<Membership> joined() {
    return memberships.stream().filter(Membership::joined).toList();
  }

  /// The name, or the email address as long as there is none.
  public String shownName() {
    return name == null ? email : name;
  }
}
