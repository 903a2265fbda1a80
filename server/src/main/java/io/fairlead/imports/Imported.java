package io.fairlead.imports;

import io.fairlead.json.Json.JsonObject;
import java.util.List;

/// What an import came to when nothing was wrong with what was sent.
public sealed interface Imported {
  /// A draft.
  ///
  /// @param connector as `POST /v1/connectors` takes it, secrets included
  /// @param notes what its reader has to know
  /// @param sample data in which the draft's tokens find something, from the examples of a
  ///   document; empty when there is none
  record Made(JsonObject connector, List<Note> notes, JsonObject sample) implements Imported {
    public Made {
      notes = List.copyOf(notes);
    }
  }

  /// Nothing was named, and there are several things to choose from.
  ///
  /// @param choices at most {@link #MOST_CHOICES}
  record Choices(List<Choice> choices) implements Imported {
    public Choices {
      choices = List.copyOf(choices.subList(0, Math.min(choices.size(), MOST_CHOICES)));
    }
  }

  /// The most choices that are told.
  int MOST_CHOICES = 2_000;
}
