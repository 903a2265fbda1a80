package io.fairlead.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.fairlead.base.Ids;
import io.fairlead.base.Times;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.LoggedAttempt;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deliveries as a table in CSV (RFC 4180), for spreadsheets.
final class DeliveryTable {
  private static final String TYPE = "text/csv; charset=utf-8; header=present";

  private DeliveryTable() {}

  /// A table that is not the whole list says where it ends.
  private static final String END = "Fairlead-Looked-To";

  static Response of(DeliveryLog.Beginning beginning) {
    var out = new ByteArrayOutputStream();
    try (CsvWriter csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
      csv.writeRecord(
          "id",
          "createdAt",
          "event",
          "eventType",
          "key",
          "connector",
          "connectorName",
          "state",
          "attemptCount",
          "lastAttempt",
          "lastStatus",
          "lastErrorClass",
          "lastError",
          "result",
          "lastDurationMs",
          "endedAt",
          "test");
      for (LoggedDelivery delivery : beginning.rows()) {
        csv.writeRecord(cells(delivery).map(DeliveryTable::harmless).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Response table =
        Answers.with(
            Response.of(200, TYPE, out.toByteArray()),
            new Header("Content-Disposition", "attachment; filename=\"deliveries.csv\""));
    Long last = beginning.last();
    return last == null
        ? table
        : Answers.with(table, new Header(END, Times.text(Ids.millisOf(last))));
  }

  private static Stream<@Nullable String> cells(LoggedDelivery delivery) {
    LoggedDelivery.LastAttempt last = delivery.lastAttempt();
    return Stream.of(
        Ids.text(LoggedDelivery.PREFIX, delivery.id()),
        Times.text(Ids.millisOf(delivery.id())),
        Ids.text(StoredEvent.PREFIX, delivery.event()),
        delivery.eventType(),
        delivery.key(),
        Ids.text(Connector.PREFIX, delivery.connector()),
        delivery.connectorName(),
        delivery.state().name(),
        Integer.toString(delivery.attempts()),
        last == null ? null : Ids.text(LoggedAttempt.PREFIX, last.id()),
        text(delivery.lastStatus()),
        text(delivery.lastClass()),
        delivery.lastError(),
        delivery.lastResult(),
        last == null ? null : Long.toString(Math.round(last.micros() / 1_000.0)),
        delivery.endedAt() == null ? null : Times.text(delivery.endedAt()),
        Boolean.toString(delivery.test()));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /// A cell that a spreadsheet would take for a formula is made a text by an apostrophe, as OWASP
  /// advises against CSV injection; other control characters become spaces.
  static String harmless(@Nullable String cell) {
    String text = Objects.requireNonNullElse(cell, "");
    if (text.isEmpty()) {
      return text;
    }
    boolean dangerous = "=+-@".indexOf(text.charAt(0)) >= 0 || text.charAt(0) < ' ';
    String clean = text.replaceAll("[\\x00-\\x1f\\x7f]", " ");
    return dangerous ? "'" + clean : clean;
  }
}
