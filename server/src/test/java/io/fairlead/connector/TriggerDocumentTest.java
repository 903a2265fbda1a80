package io.fairlead.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerDocumentTest {
  private static Json document(String trigger) {
    String text =
        "{\"name\":\"A\",\"method\":\"POST\",\"url\":\"https://a.example/\",\"triggers\":[%s]}"
            .formatted(trigger);
    return new JsonReader().readTrusted(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Connector connector(String trigger) {
    return ConnectorDocumentTest.connector(JsonWriter.text(document(trigger)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventType\":\"a.*\"}",
        "{\"eventType\":\"*\",\"filter\":{\"a\":null,\"b\":{\"$ne\":1.50}}}",
        "{\"eventType\":\"*\",\"leastDelay\":\"90s\"}",
        "{\"eventType\":\"*\",\"leastDelay\":\"8760h\",\"delayKey\":\"x {{a.b}}-{{c}}\"}",
        "{\"eventType\":\"a\",\"window\":{\"weekdays\":[\"MON\",\"SUN\"],\"from\":\"22:00\",\"to\":\"06:00\","
            + "\"zone\":\"Europe/Oslo\",\"firstDate\":\"2026-02-28\",\"lastDate\":\"2028-02-29\","
            + "\"outside\":\"drop\"}}"
      })
  void whatIsWrittenIsReadAsItWas(String trigger) {
    assertThat(TriggerDocument.write(connector(trigger).spec().triggers()))
        .isEqualTo(
            new JsonReader().readTrusted(("[" + trigger + "]").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aWindowIsReadWithItsDefaults() {
    Json written =
        TriggerDocument.write(connector("{\"eventType\":\"a\",\"window\":{}}").spec().triggers());
    assertThat(JsonWriter.text(written))
        .isEqualTo(
            "[{\"eventType\":\"a\",\"window\":{\"weekdays\":[\"MON\",\"TUE\",\"WED\",\"THU\",\"FRI\","
                + "\"SAT\",\"SUN\"],\"from\":\"00:00\",\"to\":\"24:00\",\"zone\":\"UTC\","
                + "\"outside\":\"hold\"}}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "filter":5 | filter | A filter is an object such as {"amount":{"$gt":100}}, not a number.
          "delayKey":"{{a}}" | delayKey | delayKey says what leastDelay counts by; leastDelay is missing.
          "leastDelay":"1h","delayKey":"a" | delayKey | delayKey has a token such as {{user.id}}; without one leave it out.
          "leastDelay":"0s" | leastDelay | leastDelay is a duration such as 30s, 10m or 6h, from 1s to 8760h.
          "leastDelay":"8761h" | leastDelay | leastDelay is a duration such as 30s, 10m or 6h, from 1s to 8760h.
          "window":{"weekdays":[]} | window/weekdays | weekdays has at least one item.
          "window":{"weekdays":["MO"]} | window/weekdays/0 | A weekday is one of MON, TUE, WED, THU, FRI, SAT, SUN.
          "window":{"weekdays":["MON","MON"]} | window/weekdays/1 | MON stands here twice.
          "window":{"from":"9:00"} | window/from | from is a time of the day from 00:00 to 23:59, such as 09:30.
          "window":{"from":"24:00"} | window/from | from is a time of the day from 00:00 to 23:59, such as 09:30.
          "window":{"to":"24:01"} | window/to | to is a time of the day from 00:01 to 24:00, such as 09:30.
          "window":{"to":"12:60"} | window/to | to is a time of the day from 00:01 to 24:00, such as 09:30.
          "window":{"from":"09:00","to":"09:00"} | window/to | to is another time than from; over midnight, such as 22:00 to 06:00, works.
          "window":{"zone":"Europe/Olso"} | window/zone | zone is the IANA name of a time zone such as Europe/Oslo. Did you mean "Europe/Oslo"?
          "window":{"zone":"+02:00"} | window/zone | zone is the IANA name of a time zone such as Europe/Oslo.
          "window":{"firstDate":"2026-02-29"} | window/firstDate | firstDate is a date from 1970 to 9999 such as 2026-03-31.
          "window":{"firstDate":"2026-03-02","lastDate":"2026-03-01"} | window/lastDate | lastDate is not before firstDate.
          "window":{"outside":"wait"} | window/outside | outside is one of hold, drop.
          "window":{"day":"MON"} | window/day | There is no "day" here.
          "leastdelay":"1h" | leastdelay | There is no "leastdelay" here. Did you mean "leastDelay"?
          """)
  void whatIsWrongIsToldWhereItStands(String members, String at, String detail) {
    var faults = new Faults();
    Draft draft =
        ConnectorDocument.create(
            document("{\"eventType\":\"a\"," + members + "}"), ConnectorDocumentTest.HOME, faults);

    assertThat(draft).isNull();
    assertThat(faults.list())
        .extracting(fault -> fault.at() + " " + fault.detail())
        .containsExactly("/triggers/0/" + at + " " + detail);
  }

  @Test
  void aTokenThatCannotBeReadSaysWhere() {
    var faults = new Faults();
    var _ =
        ConnectorDocument.create(
            document("{\"eventType\":\"a\",\"leastDelay\":\"1h\",\"delayKey\":\"x {{a..b}}\"}"),
            ConnectorDocumentTest.HOME,
            faults);
    assertThat(faults.list())
        .singleElement()
        .satisfies(fault -> assertThat(fault.detail()).startsWith("Line 1, column "));
  }

  @Test
  void aPatchOfTriggersKeepsTheNullsOfAFilter() {
    Connector before = connector("{\"eventType\":\"a\"}");
    var faults = new Faults();
    Json patch =
        new JsonReader()
            .readTrusted(
                "{\"triggers\":[{\"eventType\":\"a\",\"filter\":{\"x\":null}}]}"
                    .getBytes(StandardCharsets.UTF_8));
    Draft draft = ConnectorDocument.patch(patch, before, ConnectorDocumentTest.HOME, faults);
    assertThat(faults.list()).isEmpty();
    assertThat(JsonWriter.text(TriggerDocument.write(requireNonNull(draft).spec().triggers())))
        .isEqualTo("[{\"eventType\":\"a\",\"filter\":{\"x\":null}}]");
  }
}
