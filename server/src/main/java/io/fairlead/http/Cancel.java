package io.fairlead.http;

/// Ends what was started, at once: its report comes before `cancel` returns. Does nothing when the
/// report was made already. To be used on the loop where it was started.
public interface Cancel {
  /// @param sentence why, for a person; it becomes the sentence of the report
  void cancel(String sentence);
}
