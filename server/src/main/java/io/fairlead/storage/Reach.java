package io.fairlead.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a list is looked through at once for rows that fit what no index knows. Such a list
/// costs what it looks at and not what it finds; so a page ends where enough was looked at, says
/// so, and the next one goes on from there.
///
/// @param low the lowest id that is looked at, inclusive
/// @param high the end of these, exclusive
/// @param last the id at which looking stops; null when all of the list is looked at
public record Reach(long low, long high, @Nullable Long last) {
  /// How many rows are looked at for a page: some tens of milliseconds.
  public static final int MOST = 20_000;

  /// Rows that an index gives in the order of their ids.
  ///
  /// @param where the condition that the index answers alone
  /// @param values of its question marks
  public record Rows(String table, String where, List<Object> values) {}

  /// From one end of a part of a list as far as may be looked.
  ///
  /// @param all what the list is merged from
  /// @param low the lowest id of that part, inclusive
  /// @param high its end, exclusive
  /// @param most how many rows may be looked at, all together
  public static Reach of(
      Connection connection, List<Rows> all, long low, long high, boolean newestFirst, int most)
      throws SQLException {
    Long last = null;
    int each = Math.max(1, most / Math.max(1, all.size()));
    for (Rows rows : all) {
      Long end = end(connection, rows, low, high, newestFirst, each);
      if (end != null) {
        last =
            last == null
                ? end
                : Long.valueOf(newestFirst ? Math.max(last, end) : Math.min(last, end));
      }
    }
    if (last == null) {
      return new Reach(low, high, null);
    }
    return newestFirst ? new Reach(last, high, last) : new Reach(low, last + 1, last);
  }

  /// The last that may be looked at; null when there are not so many.
  private static @Nullable Long end(
      Connection connection, Rows rows, long low, long high, boolean newestFirst, int most)
      throws SQLException {
    String sql =
        "SELECT id FROM %s WHERE %s AND id >= ? AND id < ? ORDER BY id %s LIMIT 1 OFFSET %d"
            .formatted(rows.table(), rows.where(), newestFirst ? "DESC" : "ASC", most - 1);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int at = 1;
      for (Object value : rows.values()) {
        select.setObject(at++, value);
      }
      select.setLong(at, low);
      select.setLong(at + 1, high);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }
}
