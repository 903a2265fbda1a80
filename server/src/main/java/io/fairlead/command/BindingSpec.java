package io.fairlead.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people write about a binding.
///
/// @param active whether the command may be run
/// @param targets 1 to 5, in the order they are asked
/// @param deadline for a whole run; null: the command's
/// @param keepDocuments whether the log of runs keeps the bodies of documents
public record BindingSpec(
    boolean active, List<Target> targets, @Nullable Duration deadline, boolean keepDocuments) {
  public BindingSpec {
    targets = List.copyOf(targets);
  }
}
