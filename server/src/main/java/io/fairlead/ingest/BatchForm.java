package io.fairlead.ingest;

/// How the events of a batch stand in a body.
public enum BatchForm {
  /// A JSON array of events in the hub's own form.
  ARRAY,
  /// One such event a line.
  LINES,
  /// A JSON array of CloudEvents in the JSON format; it may be empty.
  CLOUD_EVENTS
}
