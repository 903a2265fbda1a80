package io.fairlead.delivery;

import java.time.Duration;
import java.util.List;

/// What a lane needs to know of its connector.
///
/// @param connector the connector's number
/// @param active whether anything may be sent: the connector runs
/// @param concurrency how many calls may be under way at once
/// @param schedule the waits between attempts
public record LaneRules(long connector, boolean active, int concurrency, List<Duration> schedule) {}
