package io.fairlead.delivery;

import io.fairlead.response.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What else deliveries must be to be listed. No index helps with it: what fits is looked for among
/// the deliveries that the rest of a filter gives, in their order.
///
/// @param eventType as triggers have it: exact, `invoice.*` or `*`
/// @param test whether they are tests; null for both
/// @param errorClass of the last attempt
/// @param status the third party's last
/// @param minAttempts how many attempts at least
/// @param text in the last error or result, whatever the case
public record Narrowing(
    @Nullable String eventType,
    @Nullable Boolean test,
    @Nullable ErrorClass errorClass,
    @Nullable Integer status,
    @Nullable Integer minAttempts,
    @Nullable String text) {
  /// Any delivery.
  public static final Narrowing NONE = new Narrowing(null, null, null, null, null, null);

  /// A condition in SQL.
  ///
  /// @param sql begins with ` AND `, or is empty
  /// @param values of its question marks
  record Sql(String sql, List<Object> values) {}

  /// The condition on rows of `delivery`.
  Sql onDelivery() {
    var sql = new StringBuilder();
    var values = new ArrayList<Object>();
    addType(sql, values, "delivery");
    if (test != null) {
      sql.append(" AND test = ").append(test ? 1 : 0);
    }
    addAttempt(sql, values);
    return new Sql(sql.toString(), values);
  }

  /// The condition on rows of `pending`: what was attempted stands in the log.
  Sql onPending() {
    var sql = new StringBuilder();
    var values = new ArrayList<Object>();
    addType(sql, values, "pending");
    if (test != null && test) {
      sql.append(" AND 1 = 0");
    }
    var attempt = new StringBuilder();
    var asked = new ArrayList<Object>();
    addAttempt(attempt, asked);
    if (!attempt.isEmpty()) {
      sql.append(" AND EXISTS (SELECT 1 FROM delivery d WHERE d.id = pending.id")
          .append(attempt)
          .append(')');
      values.addAll(asked);
    }
    return new Sql(sql.toString(), values);
  }

  private void addType(StringBuilder sql, List<Object> values, String table) {
    if (eventType == null || eventType.equals("*")) {
      return;
    }
    boolean below = eventType.endsWith(".*");
    sql.append(" AND EXISTS (SELECT 1 FROM event e WHERE e.id = ")
        .append(table)
        .append(below ? ".event AND e.type LIKE ? ESCAPE '\\')" : ".event AND e.type = ?)");
    values.add(below ? escaped(eventType.substring(0, eventType.length() - 1)) + "%" : eventType);
  }

  private void addAttempt(StringBuilder sql, List<Object> values) {
    if (errorClass != null) {
      sql.append(" AND last_class = ").append(errorClass.ordinal());
    }
    if (status != null) {
      sql.append(" AND last_status = ").append(status.intValue());
    }
    if (minAttempts != null) {
      sql.append(" AND attempts >= ").append(minAttempts.intValue());
    }
    if (text != null) {
      sql.append(
          " AND (LOWER(last_error) LIKE ? ESCAPE '\\' OR LOWER(last_result) LIKE ? ESCAPE '\\')");
      String part = "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%";
      values.add(part);
      values.add(part);
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /// The same of a delivery that was read.
  boolean fits(LoggedDelivery delivery) {
    return (eventType == null || isOfType(delivery.eventType()))
        && (test == null || test == delivery.test())
        && (errorClass == null || errorClass == delivery.lastClass())
        && (status == null || status.equals(delivery.lastStatus()))
        && (minAttempts == null || delivery.attempts() >= minAttempts)
        && (text == null || isIn(delivery.lastError()) || isIn(delivery.lastResult()));
  }

  private boolean isOfType(String type) {
    String wanted = eventType == null ? "*" : eventType;
    if (wanted.equals("*")) {
      return true;
    }
    return wanted.endsWith(".*")
        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
        : type.equals(wanted);
  }

  private boolean isIn(@Nullable String found) {
    return found != null
        && text != null
        && found.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
