package io.fairlead.storage;

import io.fairlead.base.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/// The log tables on PostgreSQL are cut by week of their time-ordered id, so that retention drops a
/// partition rather than deleting rows. A default partition takes what no week was made for.
public final class Partitions {
  private static final List<String> TABLES =
      List.of("event", "delivery", "attempt", "run", "run_attempt");
  private static final int WEEKS_AHEAD = 8;

  private Partitions() {}

  /// Makes the partitions of this week and the coming ones, where they are missing.
  public static void make(Connection connection, long now) throws SQLException {
    LocalDate monday =
        Instant.ofEpochMilli(now)
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS %s_rest PARTITION OF %s DEFAULT".formatted(table, table));
        for (int week = 0; week < WEEKS_AHEAD; week++) {
          statement.execute(partition(table, monday.plusWeeks(week)));
        }
      }
    }
  }

  private static String partition(String table, LocalDate monday) {
    return "CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM (%d) TO (%d)"
        .formatted(
            table,
            monday.toString().replace("-", ""),
            table,
            firstId(monday),
            firstId(monday.plusWeeks(1)));
  }

  private static long firstId(LocalDate day) {
    return Ids.firstAt(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
  }
}
