package io.fairlead.adaptor;

import io.fairlead.json.Json;

/// What an adaptor came to for one event's data.
public sealed interface Adapted {
  /// What it makes, an object; at most 1 MiB when written.
  record Made(Json json) implements Adapted {}

  /// It makes nothing of this data.
  ///
  /// @param row the row at fault, from 0
  /// @param sentence why, for a person, with the row's number from 1, its label and its source
  record Failed(int row, String sentence) implements Adapted {}
}
