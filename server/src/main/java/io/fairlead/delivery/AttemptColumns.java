package io.fairlead.delivery;

import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns of an attempt, which stand in the row of its delivery (the first) or in one of their
/// own.
final class AttemptColumns {
  static final String NAMES =
      "started_at, micros, outcome, revision, status, class, error, head, head_text, body_kind,"
          + " body_size, body, answer_head, answer_size, answer, result";
  static final int COUNT = 16;
  static final String MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
  static final String ASSIGNMENTS = NAMES.replace(",", " = ?,") + " = ?";

  /// The names, each of one table.
  static String named(String table) {
    return table + "." + NAMES.replace(", ", ", " + table + ".");
  }

  private static final int HASHES_KEPT = 4_096;

  /// Heads repeat by the million and are few, so each is hashed once.
  private final Map<String, Long> hashes = new HashMap<>();

  /// Binds an attempt's columns, beginning at a parameter.
  void bind(PreparedStatement row, int first, Attempt attempt) throws SQLException {
    Sent sent = attempt.sent();
    Answer answer = attempt.answer();
    row.setLong(first, attempt.startedAt());
    row.setLong(first + 1, attempt.micros());
    row.setInt(first + 2, attempt.outcome().ordinal());
    row.setInt(first + 3, attempt.revision());
    setInt(row, first + 4, answer == null ? null : answer.status());
    setInt(row, first + 5, code(attempt.errorClass()));
    row.setString(first + 6, clean(attempt.error()));
    setLong(row, first + 7, hash(sent));
    row.setString(first + 8, sent.headRepeats() ? null : clean(sent.head()));
    row.setInt(first + 9, sent.bodyKind().ordinal());
    row.setLong(first + 10, sent.bodySize());
    row.setBytes(first + 11, sent.body());
    row.setString(first + 12, answer == null ? null : clean(answer.head()));
    setLong(row, first + 13, answer == null ? null : answer.bodySize());
    row.setBytes(first + 14, answer == null ? null : answer.body());
    Result result = attempt.result();
    row.setString(first + 15, result == null ? null : result.text());
  }

  /// The key under which a repeating head is kept, or null when it stands in the row.
  @Nullable Long hash(Sent sent) {
    String head = sent.head();
    if (head == null || !sent.headRepeats()) {
      return null;
    }
    if (hashes.size() > HASHES_KEPT) {
      hashes.clear();
    }
    return hashes.computeIfAbsent(head, AttemptColumns::sha256);
  }

  static @Nullable Integer code(@Nullable ErrorClass errorClass) {
    return errorClass == null ? null : errorClass.ordinal();
  }

  /// PostgreSQL takes no NUL in a text, and a receiver may send anything.
  static @Nullable String clean(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  static void setInt(PreparedStatement row, int at, @Nullable Integer value) throws SQLException {
    if (value == null) {
      row.setNull(at, Types.BIGINT);
    } else {
      row.setInt(at, value);
    }
  }

  static void setLong(PreparedStatement row, int at, @Nullable Long value) throws SQLException {
    if (value == null) {
      row.setNull(at, Types.BIGINT);
    } else {
      row.setLong(at, value);
    }
  }

  private static long sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
