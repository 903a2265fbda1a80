package io.fairlead.call;

/// What a call is made for: an event's delivery, or a command's run.
///
/// @param purpose which of them
/// @param delivery the delivery's number, or the run's; its public form is the `webhook-id` and the
///   `Idempotency-Key`
/// @param event the event's number, or the run's
/// @param eventType e.g. `invoice.paid`, or the command's name
/// @param occurredAt the event's time, or when the run was asked for, in epoch milliseconds
/// @param data the event's data exactly as received, or the command's inputs: JSON in UTF-8
/// @param number which attempt of the delivery this is, from 1
public record Occasion(
    Purpose purpose,
    long delivery,
    long event,
    String eventType,
    long occurredAt,
    byte[] data,
    int number) {
  /// What calls are made for.
  public enum Purpose {
    /// An event on its way to a connector.
    DELIVERY("dlv_", "evt_"),
    /// A command that somebody waits for. It is no webhook, so it has no `webhook-…` headers unless
    /// it is signed as one.
    RUN("run_", "run_");

    private final String idPrefix;
    private final String eventPrefix;

    Purpose(String idPrefix, String eventPrefix) {
      this.idPrefix = idPrefix;
      this.eventPrefix = eventPrefix;
    }

    /// What the public id of the delivery or run begins with.
    public String idPrefix() {
      return idPrefix;
    }

    /// What the public id of that which stands as the event begins with.
    public String eventPrefix() {
      return eventPrefix;
    }
  }

  /// An attempt of a delivery.
  public Occasion(
      long delivery, long event, String eventType, long occurredAt, byte[] data, int number) {
    this(Purpose.DELIVERY, delivery, event, eventType, occurredAt, data, number);
  }

  /// A run of a command.
  ///
  /// @param run its number
  /// @param inputs JSON in UTF-8
  /// @param now epoch milliseconds
  public static Occasion run(long run, String command, byte[] inputs, long now) {
    return new Occasion(Purpose.RUN, run, run, command, now, inputs, 1);
  }
}
