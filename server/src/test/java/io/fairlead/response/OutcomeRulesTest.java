package io.fairlead.response;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OutcomeRulesTest {
  private static final long NOW = Instant.parse("2026-02-26T10:00:00Z").toEpochMilli();

  private static Json json(String text) {
    return ((JsonReader.Result.Read) new JsonReader().read(text)).value();
  }

  private static Judge judge(String settings) {
    var faults = new Faults();
    Members members = Members.of(json(settings), "", faults);
    var judge =
        new Judge(ResponseSettings.read(members, faults), OutcomeRules.read(members, faults));
    assertThat(faults.list()).isEmpty();
    return judge;
  }

  private static Judge rule(String rule) {
    return judge("{\"rules\": [%s]}".formatted(rule));
  }

  private static List<String> faults(String settings) {
    var faults = new Faults();
    Members members = Members.of(json(settings), "", faults);
    var _ = ResponseSettings.read(members, faults);
    var _ = OutcomeRules.read(members, faults);
    return faults.list().stream().map(fault -> fault.at() + " " + fault.detail()).toList();
  }

  private static Reply.Answered answer(int status, String body, String... headers) {
    var all = new ArrayList<Header>();
    for (String header : headers) {
      all.add(
          new Header(
              header.substring(0, header.indexOf(':')),
              header.substring(header.indexOf(':') + 1).strip()));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply.Answered(status, all, bytes, bytes.length, 1);
  }

  private static Judgement judged(Judge judge, Reply reply) {
    return judge.judge(reply, NOW, UnaryOperator.identity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "200 ¦ 200 ¦ true",
        "200 ¦ 201 ¦ false",
        "\"200\" ¦ 200 ¦ true",
        "\"2xx\" ¦ 299 ¦ true",
        "\"2XX\" ¦ 300 ¦ false",
        "\"400-499\" ¦ 400 ¦ true",
        "\"400-499\" ¦ 499 ¦ true",
        "\"400-499\" ¦ 500 ¦ false",
        "[404, \"5xx\"] ¦ 503 ¦ true",
        "[404, \"5xx\"] ¦ 405 ¦ false",
        "\"100-999\" ¦ 999 ¦ true"
      })
  void statuses(String set, int status, boolean meant) {
    Judge judge = rule("{\"when\": {\"status\": %s}, \"then\": \"IGNORE\"}".formatted(set));
    assertThat(judged(judge, answer(status, "")).outcome() == Outcome.IGNORE).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "{\"header\": {\"name\": \"x-status\", \"$eq\": \"busy\"}} ¦ true",
        "{\"header\": {\"name\": \"X-Status\", \"$startsWith\": \"bu\"}} ¦ true",
        "{\"header\": {\"name\": \"X-Status\", \"$eq\": \"idle\"}} ¦ false",
        "{\"header\": {\"name\": \"X-Other\", \"$exist\": true}} ¦ false",
        "{\"header\": {\"name\": \"X-Other\", \"$exist\": false}} ¦ true",
        "{\"header\": {\"name\": \"X-Other\", \"$neq\": \"a\"}} ¦ false",
        "{\"header\": {\"name\": \"X-Many\", \"$eq\": \"a, b\"}} ¦ true",
        "{\"body\": {\"ok\": false}} ¦ true",
        "{\"body\": {\"error.code\": {\"$in\": [1, 7]}}} ¦ true",
        "{\"body\": {\"error.code\": {\"$gt\": 7}}} ¦ false",
        "{\"body\": {\"nothing.there\": {\"$neq\": 1}}} ¦ false",
        "{\"text\": {\"$contains\": \"limit\"}} ¦ true",
        "{\"text\": {\"$matches\": \"code\\\": ?7\"}} ¦ true",
        "{\"text\": {\"$contains\": \"fine\"}} ¦ false",
        "{\"status\": 200, \"body\": {\"ok\": false}, \"text\": {\"$contains\": \"limit\"}} ¦ true",
        "{\"status\": 400, \"body\": {\"ok\": false}} ¦ false",
        "{\"error\": \"TIMEOUT\"} ¦ false"
      })
  void everyPartThatIsGivenMustHold(String when, boolean meant) {
    Reply reply =
        answer(
            200,
            "{\"ok\": false, \"error\": {\"code\": 7, \"message\": \"limit\"}}",
            "X-Status: busy",
            "X-Many: a",
            "x-many: b");
    Judge judge = rule("{\"when\": %s, \"then\": \"FAIL\"}".formatted(when));
    assertThat(judged(judge, reply).outcome() == Outcome.FAIL).isEqualTo(meant);
  }

  @Test
  void theFirstThatMatchesDecidesAndIsNamed() {
    Judge judge =
        judge(
            """
            {"rules": [
              {"when": {"body": {"ok": true}}, "then": "SUCCESS"},
              {"name": "quota", "when": {"body": {"code": 7}}, "then": "RATE_LIMITED"},
              {"when": {"status": "2xx"}, "then": "FAIL"}]}
            """);
    Judgement second = judged(judge, answer(200, "{\"code\": 7}"));
    assertThat(second.outcome()).isEqualTo(Outcome.RATE_LIMITED);
    assertThat(second.error())
        .isEqualTo("The third party answered 200. Rule 2 (quota) makes that RATE_LIMITED.");
    assertThat(requireNonNull(second.result()).rule()).isEqualTo(2);
    assertThat(requireNonNull(second.result()).ruleName()).isEqualTo("quota");
    Judgement third = judged(judge, answer(200, "{}"));
    assertThat(requireNonNull(third.result()).rule()).isEqualTo(3);
    assertThat(third.errorClass()).isEqualTo(ErrorClass.STATUS);
    Judgement none = judged(judge, answer(500, "{}"));
    assertThat(none.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(none.result()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void eachOutcomeCanBeGiven(Outcome outcome) {
    Judge judge = rule("{\"when\": {\"status\": 418}, \"then\": \"%s\"}".formatted(outcome));
    Judgement judgement = judged(judge, answer(418, ""));
    assertThat(judgement.outcome()).isEqualTo(outcome);
    assertThat(judgement.errorClass())
        .isEqualTo(
            switch (outcome) {
              case SUCCESS, IGNORE -> null;
              case AUTH_EXPIRED -> ErrorClass.AUTH;
              case RETRY, FAIL, RATE_LIMITED, DISABLE -> ErrorClass.STATUS;
            });
    assertThat(judgement.error() == null).isEqualTo(outcome == Outcome.SUCCESS);
  }

  @Test
  void whatCannotBeReadMatchesNoRuleAboutIt() {
    Judge judge = rule("{\"when\": {\"body\": {\"$not\": {\"ok\": true}}}, \"then\": \"FAIL\"}");
    for (String body : List.of("", "not json", "{\"ok\": tr", "<a/>")) {
      assertThat(judged(judge, answer(200, body, "Content-Type: application/json")).outcome())
          .as(body)
          .isEqualTo(Outcome.SUCCESS);
    }
    Reply tooLarge = new Reply.Answered(200, List.of(), new byte[1 << 20], (1 << 20) + 1L, 1);
    assertThat(judged(judge, tooLarge).outcome()).isEqualTo(Outcome.SUCCESS);
    Judge text =
        rule("{\"when\": {\"text\": {\"$not\": {\"$contains\": \"x\"}}}, \"then\": \"FAIL\"}");
    assertThat(judged(text, tooLarge).outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource
  void callsWithoutAnAnswerHaveRulesToo(Reply.Failure failure) {
    Judge judge =
        rule(
            """
            {"when": {"error": ["TIMEOUT", "TLS"]}, "then": "FAIL", "message": "Too slow ({{$status}})"}
            """);
    Judgement judgement = judged(judge, new Reply.Broke(failure, "So.", 1));
    boolean meant = failure == Reply.Failure.TIMEOUT || failure == Reply.Failure.TLS;
    assertThat(judgement.outcome()).isEqualTo(meant ? Outcome.FAIL : Outcome.RETRY);
    assertThat(judgement.errorClass()).isEqualTo(ErrorClass.valueOf(failure.name()));
    assertThat(judgement.error()).isEqualTo(meant ? "Too slow (?)" : "So.");
    assertThat(judge.broke(ErrorClass.DNS, "No name.").outcome()).isEqualTo(Outcome.RETRY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "\"90s\" ¦ 90000",
        "{\"header\": \"X-Seconds\"} ¦ 1500",
        "{\"header\": \"X-Millis\", \"unit\": \"milliseconds\"} ¦ 250",
        "{\"header\": \"X-Epoch\"} ¦ 60000",
        "{\"header\": \"X-Epoch-Millis\"} ¦ 61000",
        "{\"header\": \"X-Date\"} ¦ 30000",
        "{\"header\": \"X-Time\"} ¦ 10000",
        "{\"header\": \"X-Units\"} ¦ 362020",
        "{\"header\": \"X-Past\"} ¦ 0",
        "{\"header\": \"X-Far\"} ¦ 86400000",
        "{\"header\": \"X-Huge\"} ¦ 86400000",
        "{\"header\": \"X-Word\"} ¦ -",
        "{\"header\": \"X-None\"} ¦ -",
        "{\"path\": \"error.retry_in\"} ¦ 7000",
        "{\"path\": \"error.text\"} ¦ 8000",
        "{\"path\": \"error\"} ¦ -",
        "{\"path\": \"error.negative\"} ¦ -",
        "{\"path\": \"error.exponent\"} ¦ 86400000",
        "{\"path\": \"error.none\"} ¦ -"
      })
  void theDelayIsReadWhereTheRuleSays(String delay, Long millis) {
    long epoch = NOW / 1000 + 60;
    Reply reply =
        answer(
            400,
            """
            {"error": {"retry_in": 7, "text": "8", "negative": -1, "exponent": 1e999999999}}
            """,
            "X-Seconds: 1.5",
            "X-Millis: 250",
            "X-Epoch: " + epoch,
            "X-Epoch-Millis: " + (epoch * 1000 + 1000),
            "X-Date: Thu, 26 Feb 2026 10:00:30 GMT",
            "X-Time: 2026-02-26T10:00:10Z",
            "X-Units: 6m2s20ms",
            "X-Past: Thu, 26 Feb 2026 09:00:00 GMT",
            "X-Far: 864000",
            "X-Huge: " + "9".repeat(60),
            "X-Word: soon");
    Judge judge =
        rule("{\"when\": {\"status\": 400}, \"then\": \"RETRY\", \"delay\": %s}".formatted(delay));
    assertThat(judged(judge, reply).delayMillis()).isEqualTo(millis);
  }

  @Test
  void aMessageSaysWhatTheAnswerSays() {
    Judge judge =
        rule(
            """
            {"when": {"body": {"error": {"$exist": true}}}, "then": "FAIL",
             "message": "Invalid key: {{error.message}} / {{ error.codes[1] }} / {{error.none}} ({{$status}})"}
            """);
    assertThat(
            judged(
                    judge,
                    answer(200, "{\"error\": {\"message\": \"no {{x}}\", \"codes\": [1, [2]]}}"))
                .error())
        .isEqualTo("Invalid key: no {{x}} / [2] / ? (200)");
    String huge = "{\"error\": {\"message\": \"%s\"}}".formatted("x".repeat(100_000));
    assertThat(judged(judge, answer(200, huge)).error()).hasSize(500).endsWith("…");
  }

  @Test
  void whatIsKeptIsMasked() {
    Judge judge =
        judge(
            """
            {"response": {"key": "secret", "extract": [{"name": "all", "path": "all"}]},
             "rules": [{"when": {"status": 200}, "then": "FAIL", "message": "It is {{secret}}"}]}
            """);
    Judgement judgement =
        judge.judge(
            answer(200, "{\"secret\": \"\\u0073esame\", \"all\": {\"sesame\": [\"x sesame\"]}}"),
            NOW,
            text -> text.replace("sesame", "***"));
    assertThat(judgement.error()).isEqualTo("It is ***");
    assertThat(requireNonNull(judgement.result()).text())
        .isEqualTo("{\"value\":\"***\",\"values\":{\"all\":{\"***\":[\"x ***\"]}},\"rule\":1}");
  }

  @Test
  void theKeyAndTheExtractionsAreKept() {
    Judge judge =
        judge(
            """
            {"response": {"type": "json", "key": "item.id",
              "extract": [{"name": "state", "path": "item.state"}, {"name": "gone", "path": "x.y"}]}}
            """);
    Judgement judgement = judged(judge, answer(200, "{item: {id: 7, state: [new, \"b\"]}}"));
    Result result = Result.ofText(requireNonNull(judgement.result()).text());
    assertThat(result.text()).isEqualTo(requireNonNull(judgement.result()).text());
    assertThat(JsonWriter.text(requireNonNull(result.value()))).isEqualTo("7");
    assertThat(result.lenient()).isTrue();
    assertThat(result.values().toString()).contains("state").contains("gone=NULL");
    assertThat(judgement.errorClass()).isNull();
    Judgement missing = judged(judge, answer(200, "{\"item\": {\"ID\": 7}}"));
    assertThat(requireNonNull(missing.result()).note())
        .isEqualTo("There is no value at the response key: item has no id; did you mean item.ID?");
  }

  @Test
  void theWrongTypeLeavesASuccessOne() {
    Judge judge = judge("{\"response\": {\"type\": \"xml\"}}");
    Judgement judgement =
        judged(judge, answer(200, "{\"a\": 1}", "Content-Type: application/json"));
    assertThat(judgement.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(judgement.errorClass()).isEqualTo(ErrorClass.PARSE);
    assertThat(judgement.error())
        .isEqualTo("The response type is declared XML, but JSON came (application/json).");
    assertThat(requireNonNull(judgement.result()).value()).isNull();
    assertThat(judged(judge, answer(204, ""))).isEqualTo(judged(judge, answer(204, "")));
    assertThat(judged(judge, answer(204, "")).errorClass()).isNull();
    assertThat(judged(judge, answer(500, "x")).errorClass()).isEqualTo(ErrorClass.STATUS);
  }

  @Test
  void whatIsKeptIsBounded() {
    var extract = new StringBuilder();
    var body = new StringBuilder("{\"key\": \"" + "\\u0001".repeat(50_000) + "\"");
    for (int i = 0; i < 20; i++) {
      extract
          .append(i == 0 ? "" : ",")
          .append("{\"name\": \"%s%d\", \"path\": \"p%d\"}".formatted("n".repeat(58), i, i));
      body.append(", \"p%d\": [%s1]".formatted(i, "\"\\\"\\\"\", ".repeat(2_000)));
    }
    Judge judge =
        judge(
            "{\"response\": {\"type\": \"json\", \"key\": \"key\", \"extract\": [%s]}}"
                .formatted(extract));
    String text = requireNonNull(judged(judge, answer(200, body + "}")).result()).text();
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(16_384);
    assertThat(text).contains("…");
  }

  @Test
  void nothingIsReadWhereNobodyAsks() {
    assertThat(Judge.PLAIN.needsBody()).isFalse();
    assertThat(rule("{\"when\": {\"status\": 400}, \"then\": \"RETRY\"}").needsBody()).isFalse();
    assertThat(rule("{\"when\": {\"text\": \"no\"}, \"then\": \"RETRY\"}").needsBody()).isTrue();
    assertThat(judge("{\"response\": {\"type\": \"json\"}}").needsBody()).isTrue();
    assertThat(judge("{\"response\": {\"key\": \"a\"}}").needsBody()).isTrue();
    assertThat(judged(Judge.PLAIN, answer(200, "{"))).isSameAs(Judgement.SUCCESS);
  }

  @Test
  void settingsAreWrittenAsTheyWereRead() {
    for (String settings :
        List.of(
            "{\"response\":{\"type\":\"auto\"},\"rules\":[]}",
            "{\"response\":{\"type\":\"text\",\"delimiter\":\";\",\"keyDelimiter\":\"=\",\"key\":\"a\","
                + "\"extract\":[{\"name\":\"n\",\"path\":\"b[0]\"}]},\"rules\":[]}",
            "{\"response\":{\"type\":\"json\"},\"rules\":[{\"name\":\"all\",\"when\":{\"status\":[\"2xx\",404],"
                + "\"header\":{\"name\":\"X\",\"$eq\":\"a\"},\"body\":{\"a\":{\"$gt\":1}},"
                + "\"text\":{\"$contains\":\"x\"}},\"then\":\"RETRY\",\"delay\":{\"header\":\"X\"},"
                + "\"message\":\"{{a}}\"},{\"when\":{\"error\":[\"CONNECT\",\"TIMEOUT\"]},\"then\":\"RATE_LIMITED\","
                + "\"delay\":\"2m\"},{\"when\":{\"header\":[{\"name\":\"A\",\"$exist\":true},"
                + "{\"name\":\"B\",\"$exist\":true}]},\"then\":\"RETRY\","
                + "\"delay\":{\"path\":\"a.b\",\"unit\":\"milliseconds\"}}]}")) {
      Judge judge = judge(settings);
      assertThat(
              "{\"response\":%s,\"rules\":%s}"
                  .formatted(
                      JsonWriter.text(judge.settings().json()),
                      JsonWriter.text(judge.rules().json())))
          .isEqualTo(settings);
    }
  }

  @Test
  void everythingThatIsWrongIsTold() {
    assertThat(
            faults(
                """
                {"response": {"type": "yaml", "delimiter": "", "key": "a..b", "kee": 1,
                   "extract": [{"name": "a", "path": "b"}, {"name": "a", "path": ""}]},
                 "rules": [
                   {"when": {}, "then": "FAIL"},
                   {"then": "FAIL"},
                   {"when": {"status": "20x"}, "then": "OK"},
                   {"when": {"status": [200, "5-9"], "error": ["SLOW"]}, "then": "FAIL"},
                   {"when": {"header": {"name": "X"}}, "then": "FAIL"},
                   {"when": {"header": {"name": "a b", "eq": 1}}, "then": "FAIL"},
                   {"when": {"body": {"a": {"$regex": "x"}}, "txt": 1}, "then": "FAIL"},
                   {"when": {"status": 1, "text": {"$matches": "("}}, "then": "FAIL"},
                   {"when": {"status": 500}, "then": "FAIL", "delay": "5s"},
                   {"when": {"status": 500}, "then": "RETRY", "delay": "5 seconds"},
                   {"when": {"status": 500}, "then": "RETRY", "delay": {}},
                   {"when": {"status": 500}, "then": "RETRY", "delay": {"path": "[", "unit": "s"}},
                   {"when": {"status": 500}, "then": "FAIL", "message": "{{a"},
                   {"when": {"status": 500}, "then": "FAIL", "message": "{{a | upper}}"},
                   {"when": {"status": 500}, "then": "SUCCESS", "message": "fine"}]}
                """))
        .map(fault -> fault.substring(0, fault.indexOf(' ')))
        .contains(
            "/response/type",
            "/response/delimiter",
            "/response/key",
            "/response/kee",
            "/response/extract/1/name",
            "/response/extract/1/path",
            "/rules/0/when",
            "/rules/1/when",
            "/rules/2/when/status",
            "/rules/2/then",
            "/rules/3/when/status/1",
            "/rules/3/when/error",
            "/rules/3/when/error/0",
            "/rules/4/when/header",
            "/rules/5/when/header/name",
            "/rules/5/when/header/eq",
            "/rules/6/when/body/a/$regex",
            "/rules/6/when/txt",
            "/rules/7/when/status",
            "/rules/7/when/text/$matches",
            "/rules/8/delay",
            "/rules/9/delay",
            "/rules/10/delay",
            "/rules/11/delay/path",
            "/rules/11/delay/unit",
            "/rules/12/message",
            "/rules/13/message",
            "/rules/14/message");
    assertThat(faults("{\"response\": {\"type\": \"json\", \"delimiter\": \",\"}}")).hasSize(1);
    assertThat(faults("{\"response\": {\"type\": \"binary\", \"key\": \"a\"}}")).hasSize(1);
    assertThat(faults("{\"response\": {\"type\": \"text\", \"keyDelimiter\": \",\"}}")).hasSize(1);
    assertThat(faults("{\"rules\": [%s]}".formatted("{},".repeat(50) + "{}"))).hasSize(1);
  }
}
