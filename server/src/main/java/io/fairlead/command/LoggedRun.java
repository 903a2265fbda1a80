package io.fairlead.command;

import io.fairlead.call.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run that is over, as it is logged.
///
/// @param id its number; public with the prefix `run_`
/// @param command the command's name
/// @param startedAt epoch milliseconds
/// @param micros how long it took, the answer's way to the caller included
/// @param status what the caller was answered; null when the caller was gone
/// @param contentType of the answer that went to the caller; null when none did
/// @param size how much of it went, in bytes; null when none did
/// @param error one plain sentence, masked; null when all went well
/// @param asked what each target was asked, in order; empty in lists
public record LoggedRun(
    long id,
    long tenant,
    String command,
    RunOutcome outcome,
    Asker asker,
    long startedAt,
    long micros,
    @Nullable Integer status,
    @Nullable String contentType,
    @Nullable Long size,
    @Nullable String error,
    List<AskedTarget> asked) {
  /// The prefix of public ids.
  public static final String PREFIX = "run_";

  public LoggedRun {
    asked = List.copyOf(asked);
  }

  LoggedRun with(List<AskedTarget> all) {
    return new LoggedRun(
        id,
        tenant,
        command,
        outcome,
        asker,
        startedAt,
        micros,
        status,
        contentType,
        size,
        error,
        all);
  }

  /// What one target was asked, and what it answered.
  ///
  /// @param target what it was called
  /// @param connector its number when it is one of the tenant's connectors; else null
  /// @param attempt masked
  public record AskedTarget(String target, @Nullable Long connector, Attempt attempt) {}

  /// About how much memory it takes, in bytes.
  int weight() {
    int weight = 1_000;
    for (AskedTarget one : asked) {
      weight += 2_000;
      byte[] body = one.attempt().sent().body();
      weight += body == null ? 0 : body.length;
      weight += one.attempt().answer() == null ? 0 : one.attempt().answer().body().length;
    }
    return weight;
  }
}
