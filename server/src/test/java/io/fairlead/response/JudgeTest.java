package io.fairlead.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class JudgeTest {
  private static final long NOW = Instant.parse("2026-02-26T10:00:00Z").toEpochMilli();

  private static Judgement judge(int status, @Nullable String retryAfter) {
    List<Header> headers =
        retryAfter == null ? List.of() : List.of(new Header("retry-after", retryAfter));
    return Judge.PLAIN.judge(
        new Reply.Answered(status, headers, new byte[0], 0, 1), NOW, UnaryOperator.identity());
  }

  @ParameterizedTest
  @CsvSource({
    "200, , SUCCESS",
    "201, , SUCCESS",
    "202, , SUCCESS",
    "204, , SUCCESS",
    "299, , SUCCESS",
    "101, , FAIL",
    "300, , FAIL",
    "301, , FAIL",
    "302, , FAIL",
    "304, , FAIL",
    "307, , FAIL",
    "400, , FAIL",
    "401, , FAIL",
    "403, , FAIL",
    "404, , FAIL",
    "409, , FAIL",
    "410, , DISABLE",
    "422, , FAIL",
    "499, , FAIL",
    "600, , FAIL",
    "999, , FAIL",
    "404, 5, FAIL",
    "408, , RETRY",
    "425, , RETRY",
    "500, , RETRY",
    "501, , RETRY",
    "502, , RETRY",
    "503, , RETRY",
    "504, , RETRY",
    "599, , RETRY",
    "500, 5, RETRY",
    "503, soon, RETRY",
    "429, , RATE_LIMITED",
    "429, 5, RATE_LIMITED",
    "503, 5, RATE_LIMITED"
  })
  void statusDecides(int status, @Nullable String retryAfter, Outcome outcome) {
    Judgement judgement = judge(status, retryAfter);
    assertThat(judgement.outcome()).isEqualTo(outcome);
    if (outcome == Outcome.SUCCESS) {
      assertThat(judgement).isEqualTo(Judgement.SUCCESS);
    } else {
      assertThat(judgement.errorClass()).isEqualTo(ErrorClass.STATUS);
      assertThat(judgement.error()).contains("" + status).endsWith(".");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatBreaksIsTriedAgain(Reply.Failure failure) {
    Judgement judgement =
        Judge.PLAIN.judge(new Reply.Broke(failure, "So.", 1), NOW, UnaryOperator.identity());
    assertThat(judgement)
        .isEqualTo(Judgement.of(Outcome.RETRY, ErrorClass.valueOf(failure.name()), "So."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120000",
        " 7 | 7000",
        "86400 | 86400000",
        "86401 | 86400000",
        "99999999999999999999 | 86400000",
        "Thu, 26 Feb 2026 10:00:30 GMT | 30000",
        "Thu, 26 Feb 2026 09:59:00 GMT | 0",
        "Sat, 26 Feb 2028 10:00:00 GMT | 86400000",
        "Thursday, 26-Feb-26 10:01:00 GMT | 60000",
        "Thu Feb 26 10:02:00 2026 | 120000"
      })
  void retryAfterIsSecondsOrADate(String text, long millis) {
    assertThat(RetryAfter.millis(text, NOW)).isEqualTo(millis);
    assertThat(judge(429, text).retryAfterMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null",
        "''",
        "-5",
        "+5",
        "1.5",
        "5s",
        "soon",
        "1e3",
        "٣",
        "Fri, 26 Feb 2026 10:00:30 GMT",
        "Thu, 31 Feb 2026 10:00:30 GMT",
        "2026-02-26T10:00:30Z"
      })
  void garbageInRetryAfterIsIgnored(@Nullable String text) {
    assertThat(RetryAfter.millis(text, NOW)).isNull();
  }

  @Test
  void redirectsAreSaidNotToBeFollowed() {
    assertThat(judge(302, null).error())
        .isEqualTo("The third party answered 302; redirects are not followed.");
  }
}
