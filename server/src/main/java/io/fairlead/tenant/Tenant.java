package io.fairlead.tenant;

/// A customer of the product; owns everything but itself.
///
/// @param id its number in the store
/// @param name its public id: 1 to 64 of `a-z 0-9 _ -`
/// @param label what people call it
/// @param createdAt epoch milliseconds
/// @param runs how many commands it may run, and for how long
/// @param revision 1, and one more with every change
public record Tenant(
    long id, String name, String label, long createdAt, RunLimits runs, int revision) {
  /// The tenant that is always there, for who needs only one.
  public static final String DEFAULT = "default";
}
