package io.fairlead.command;

import io.fairlead.response.Judgement;

/// What a target's answer comes to, decided before any of it goes to the caller.
sealed interface Verdict {
  /// It is a document that is wanted.
  ///
  /// @param type its real media type
  record Document(String type, Judgement judgement) implements Verdict {}

  /// It is JSON that is wanted, all of it.
  record JsonText(Judgement judgement) implements Verdict {}

  /// It worked, and nothing more is wanted.
  record Worked(Judgement judgement) implements Verdict {}

  /// The target says that it has no such thing: the next one is asked.
  record NotThere(Judgement judgement) implements Verdict {}

  /// The target failed, or answered something else; the run ends.
  ///
  /// @param outcome FAILED or RATE_LIMITED
  record Bad(RunOutcome outcome, Judgement judgement) implements Verdict {}

  /// It takes the whole body to tell.
  enum Unread implements Verdict {
    /// The only one.
    UNREAD
  }
}
