package io.fairlead.tenant;

import java.time.Duration;

/// How much of the hub a tenant's runs of commands may take. They have their own measure, so that
/// slow deliveries never make a person wait, nor the other way round.
///
/// @param concurrency runs under way at once, 1 to 10,000
/// @param deadline the longest that any run may take, 1 second to 10 minutes; a command or a
///   binding that says more is held to it
public record RunLimits(int concurrency, Duration deadline) {
  /// What holds where the operator says nothing.
  public static final RunLimits DEFAULT = new RunLimits(1_000, Duration.ofMinutes(2));

  /// The most runs that may be allowed at once.
  public static final int MOST_CONCURRENT = 10_000;

  /// The longest deadline that may be allowed.
  public static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);
}
