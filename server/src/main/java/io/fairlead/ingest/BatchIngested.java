package io.fairlead.ingest;

import io.fairlead.base.Problem;
import java.util.List;

/// What bringing many events came to.
public sealed interface BatchIngested {
  /// Each by itself, in order; those that are taken are on disk.
  record Each(List<Ingested> results) implements BatchIngested {}

  /// None of them.
  record None(Problem problem) implements BatchIngested {}
}
