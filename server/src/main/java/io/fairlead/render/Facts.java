package io.fairlead.render;

import java.util.Map;

/// What the tokens of one attempt are filled from.
///
/// @param eventPrefix what the event's public id begins with: `evt_`, or `run_` where a command's
///   run stands in for an event
/// @param delivery the delivery's number
/// @param event the event's number
/// @param eventType the event's type
/// @param occurredAt when the event happened, epoch milliseconds
/// @param attempt the attempt's number in its delivery, from 1
/// @param now when the attempt began, epoch milliseconds
/// @param data what names look into; parsed only for a plan with tokens that do
/// @param secrets what `$secret.NAME` gives, by name
public record Facts(
    String eventPrefix,
    long delivery,
    long event,
    String eventType,
    long occurredAt,
    int attempt,
    long now,
    Data data,
    Map<String, String> secrets) {
  public Facts {
    secrets = Map.copyOf(secrets);
  }

  /// What the tokens of a delivery are filled from.
  public Facts(
      long delivery,
      long event,
      String eventType,
      long occurredAt,
      int attempt,
      long now,
      Data data,
      Map<String, String> secrets) {
    this("evt_", delivery, event, eventType, occurredAt, attempt, now, data, secrets);
  }
}
