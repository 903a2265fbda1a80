package io.fairlead.command;

import java.util.List;

/// A binding that may be saved: read, checked and compiled.
///
/// @param command as it was when the draft was read
/// @param notes what was left out of what was sent, in sentences for the author; not saved
public record BindingDraft(Command command, BindingSpec spec, List<String> notes) {
  public BindingDraft {
    notes = List.copyOf(notes);
  }
}
