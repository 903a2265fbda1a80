package io.fairlead.adaptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an adaptor's rows make, and what is refused when they are saved.
final class AdaptorDocumentTest {
  private static final JsonReader READER = new JsonReader();
  private static final String LEAD =
      """
      {"customer":{"firstName":"Ann","lastName":"","address":{"city":"Köln"}},
       "phone":"0221 1234","status":"HU","amount":1.10,"lines":[{"sku":"A"},{"sku":"B"}],
       "nothing":null,"yes":"Yes","digits":"12.50","text":"{\\"a\\":[1]}"}
      """;

  static Json json(String text) {
    return ((JsonReader.Result.Read) READER.read(text)).value();
  }

  static AdaptorDraft draft(String rows) {
    var faults = new Faults();
    AdaptorDraft draft =
        AdaptorDocument.read(json("{\"name\":\"A\",\"rows\":[%s]}".formatted(rows)), faults);
    assertThat(faults.list()).isEmpty();
    return java.util.Objects.requireNonNull(draft);
  }

  private static String made(String rows) {
    return switch (draft(rows).apply(json(LEAD), 0)) {
      case Adapted.Made(Json made) -> JsonWriter.text(made);
      case Adapted.Failed(int row, String sentence) -> row + " " + sentence;
    };
  }

  private static String flaw(String rows) {
    var faults = new Faults();
    assertThat(AdaptorDocument.read(json("{\"name\":\"A\",\"rows\":[%s]}".formatted(rows)), faults))
        .isNull();
    Fault first = faults.list().getFirst();
    return first.at() + " " + first.detail();
  }

  @Test
  void valuesGoFromTheirSourcesToTheirTargetsInTheOrderOfTheRows() {
    assertThat(
            made(
                """
                {"source":"phone","target":"contact.phone"},
                {"source":"lines[1].sku","target":"items[0].code, first"},
                {"source":"customer.address.city","target":"[\\"a.b\\"], contact.City Name"},
                {"source":"amount","target":"amount"},
                {"constant":"web","target":"origin"},
                {"label":"Seen only here","source":"status"}
                """))
        .isEqualTo(
            "{\"contact\":{\"phone\":\"0221 1234\",\"City Name\":\"Köln\"},\"items\":[{\"code\":\"B\"}],"
                + "\"first\":\"B\",\"a.b\":\"Köln\",\"amount\":1.10,\"origin\":\"web\"}");
  }

  @Test
  void whatIsEmptyIsLeftOutOrGetsItsDefault() {
    assertThat(
            made(
                """
                {"source":"customer.lastName","target":"a"},
                {"source":"nothing","target":"b"},
                {"source":"not.there","target":"c"},
                {"source":"customer.lastName","target":"d","default":"unknown"},
                {"source":"nothing","target":"e","default":null},
                {"source":"not.there","target":"f","default":"","type":"string"},
                {"source":"not.there","target":"g","default":"7","type":"number"}
                """))
        .isEqualTo("{\"d\":\"unknown\",\"e\":null,\"f\":\"\",\"g\":7}");
    assertThat(made("{\"source\":\"not.there\",\"target\":\"a.b[0].c\"}")).isEqualTo("{}");
  }

  @Test
  void itemsKeepTheirPlaces() {
    assertThat(
            made(
                """
                {"source":"nothing","target":"p[0]"},{"source":"phone","target":"p[1]"},
                {"source":"nothing","target":"p[2]"}
                """))
        .isEqualTo("{\"p\":[null,\"0221 1234\"]}");
  }

  @Test
  void aRequiredRowSaysWhatIsMissingAndWhatWasMeant() {
    assertThat(
            made(
                "{\"constant\":1,\"target\":\"a\"},"
                    + "{\"label\":\"Name\",\"source\":\"customer.firstname\",\"target\":\"b\",\"required\":true}"))
        .isEqualTo(
            "1 Row 2, Name (customer.firstname): customer has no firstname; did you mean"
                + " customer.firstName?");
    assertThat(made("{\"source\":\"customer.lastName\",\"target\":\"b\",\"required\":true}"))
        .isEqualTo("0 Row 1 (customer.lastName): customer.lastName is empty.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount  | string  | {\"x\":\"1.10\"}",
        "digits  | number  | {\"x\":12.50}",
        "amount  | number  | {\"x\":1.10}",
        "yes     | boolean | {\"x\":true}",
        "text    | json    | {\"x\":{\"a\":[1]}}",
        "lines   | json    | {\"x\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}",
        "phone   | number  | 0 Row 1 (phone): \"0221 1234\" is no number such as 12 or -0.5.",
        "phone   | boolean | 0 Row 1 (phone): \"0221 1234\" is neither true nor false.",
        "lines   | string  | 0 Row 1 (lines): A list is no text; the filters join and json make text of it.",
      })
  void aTypeMakesTheValueFitOrRefuses(String source, String type, String made) {
    assertThat(made("{\"source\":\"%s\",\"target\":\"x\",\"type\":\"%s\"}".formatted(source, type)))
        .isEqualTo(made);
  }

  @Test
  void aValueMapSendsOneForAnother() {
    String row =
        "{\"source\":\"%s\",\"target\":\"x\",\"valueMap\":{\"HU\":\"Hang Up\",\"1.10\":3}%s}";
    assertThat(made(row.formatted("status", ""))).isEqualTo("{\"x\":\"Hang Up\"}");
    assertThat(made(row.formatted("amount", ""))).isEqualTo("{\"x\":3}");
    assertThat(made(row.formatted("phone", ""))).isEqualTo("{\"x\":\"0221 1234\"}");
    assertThat(made(row.formatted("phone", ",\"default\":\"?\",\"otherValues\":\"default\"")))
        .isEqualTo("{\"x\":\"?\"}");
    assertThat(made(row.formatted("phone", ",\"otherValues\":\"fail\"")))
        .isEqualTo("0 Row 1 (phone): \"0221 1234\" is not in the value map, which has HU, 1.10.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default      |                  | \"2026-03-02 21:05:09\"",
        "Y-m-d H:i:s  |                  | \"2026-03-02 21:05:09\"",
        "datetime     | America/New_York | \"2026-03-02 16:05:09\"",
        "Y-m-d        |                  | \"2026-03-02\"",
        "m/d/Y        |                  | \"03/02/2026\"",
        "verbose      |                  | \"Monday, March 2, 2026 9:05 PM\"",
        "j-m-y        |                  | \"2-03-26\"",
        "Ymd          |                  | \"20260302\"",
        "m.d.y        |                  | \"03.02.26\"",
        "us12         |                  | \"03/02/2026 09:05:09 PM\"",
        "us24         | Asia/Tokyo       | \"03/03/2026 06:05:09\"",
        "F j, Y       |                  | \"March 2, 2026\"",
        "iso          | +01:00           | \"2026-03-02T22:05:09+01:00\"",
        "Ymd\\THis\\Z | Europe/Berlin    | \"20260302T210509Z\"",
        "U            |                  | 1772485509",
        "age          |                  | 10",
        "dd.MM.yyyy HH:mm | Europe/Berlin | \"02.03.2026 22:05\"",
      })
  void everyDateFormatOfTheManual(String format, @Nullable String zone, String made) {
    String row =
        "{\"source\":\"at\",\"target\":\"x\",\"dateFormat\":\"%s\"%s}"
            .formatted(
                format.replace("\\", "\\\\"),
                zone == null ? "" : ",\"zone\":\"%s\"".formatted(zone));
    long tenYearsLater = 1772485509000L + 3653L * 86_400_000;
    assertThat(draft(row).apply(json("{\"at\":\"2026-03-02T21:05:09Z\"}"), tenYearsLater))
        .isEqualTo(new Adapted.Made(json("{\"x\":%s}".formatted(made))));
  }

  @Test
  void changesComeInAnOrderAndWhatTheyLeaveEmptyGetsTheDefault() {
    assertThat(
            made(
                """
                {"source":"status","target":"a","valueMap":{"HU":"  Hang Up "},"filters":"trim | upper"},
                {"source":"phone","target":"b","filters":"substring:0,0","default":"none"},
                {"source":"phone","target":"c","filters":"substring:0,0"},
                {"source":"amount","target":"d","filters":"round","type":"string"}
                """))
        .isEqualTo("{\"a\":\"HANG UP\",\"b\":\"none\",\"d\":\"1\"}");
    assertThat(made("{\"source\":\"lines\",\"target\":\"a\",\"filters\":\"upper\"}"))
        .startsWith("0 Row 1 (lines): upper: ");
    assertThat(made("{\"source\":\"phone\",\"target\":\"a\",\"dateFormat\":\"date\"}"))
        .startsWith("0 Row 1 (phone): \"0221 1234\": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"source\":\"a\",\"filters\":\"uper\"} | /rows/0/filters",
        "{\"source\":\"a\",\"dateFormat\":\"Q\"} | /rows/0/dateFormat",
        "{\"source\":\"a\",\"dateFormat\":\"date\",\"zone\":\"Mars/One\"} | /rows/0/zone",
        "{\"source\":\"a\",\"zone\":\"UTC\"} | /rows/0/zone zone is for a row with a dateFormat.",
        "{\"constant\":\"a\",\"filters\":\"upper\"} | /rows/0/filters A constant",
        "{\"target\":\"a\"} | /rows/0/source source is missing.",
        "{\"source\":\"a\",\"constant\":1,\"target\":\"b\"} | /rows/0/constant A row has a source or a constant, not both.",
        "{\"source\":\"a..b\",\"target\":\"b\"} | /rows/0/source Character 3: Expected a name, but found ..",
        "{\"source\":\"a\",\"target\":\"b,\"} | /rows/0/target Expected a target like phone, contact.phone, lines[0].sku or [\"a.b\"], several with commas between, but found the end at character 3.",
        "{\"source\":\"a\",\"target\":\"[0]\"} | /rows/0/target A target begins with a name, since what an adaptor makes is an object.",
        "{\"source\":\"a\",\"target\":\"x\"},{\"source\":\"b\",\"target\":\"y, x\"} | /rows/1/target x is a target of row 1 already.",
        "{\"source\":\"a\",\"target\":\"x.y\"},{\"source\":\"b\",\"target\":\"x[0]\"} | /rows/1/target x is an object in another row.",
        "{\"source\":\"a\",\"target\":\"x.y\"},{\"source\":\"b\",\"target\":\"x\"} | /rows/1/target x is an object in another row.",
        "{\"source\":\"a\",\"target\":\"x[1]\"} | /rows/0 A list has no gaps: no row has item [0], which comes before [1].",
        "{\"source\":\"a\",\"target\":\"x\",\"type\":\"text\"} | /rows/0/type type is one of string, number, boolean, json.",
        "{\"source\":\"a\",\"target\":\"x\",\"type\":\"number\",\"default\":\"n/a\"} | /rows/0/default \"n/a\" is no number such as 12 or -0.5.",
        "{\"constant\":1,\"target\":\"x\",\"required\":true} | /rows/0/required A constant is always there and always the same, so required does nothing; leave it out.",
        "{\"source\":\"a\",\"default\":1,\"required\":true} | /rows/0/required With a default there is always a value; leave out one of the two.",
        "{\"source\":\"a\",\"valueMap\":{\"b\":1},\"otherValues\":\"default\"} | /rows/0/otherValues otherValues is default, and the row has no default.",
        "{\"source\":\"a\",\"otherValues\":\"keep\"} | /rows/0/otherValues otherValues is for a row with a valueMap.",
        "{\"source\":\"a\",\"targt\":\"x\"} | /rows/0/targt There is no \"targt\" here. Did you mean \"target\"?",
      })
  void whatCannotBeMeantIsRefusedWhenItIsSaved(String rows, String flaw) {
    assertThat(flaw(rows)).startsWith(flaw);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    String rows =
        """
        {"label":"L","section":"S","source":"[\\"a b\\"].c[0]","target":"x, [\\"y.z\\"].q","default":null},
        {"constant":{"a":[1.10]},"target":"k","type":"json"},
        {"source":"d","required":true,"valueMap":{"1":"one"},"otherValues":"fail","filters":"trim",
         "dateFormat":"us12","zone":"Asia/Tokyo","type":"string"}
        """;
    AdaptorDraft draft = draft(rows);
    String written = JsonWriter.text(AdaptorDocument.settings(draft));
    assertThat(written)
        .isEqualTo(
            JsonWriter.text(
                json("{\"name\":\"A\",\"active\":true,\"rows\":[%s]}".formatted(rows))));
  }

  @Test
  void whatIsMadeIsBounded() {
    var rows = new StringBuilder("{\"source\":\"big\",\"target\":\"t0\"}");
    for (int i = 1; i < 10; i++) {
      rows.append(",{\"source\":\"big\",\"target\":\"t%d\"}".formatted(i));
    }
    Json data = json("{\"big\":[\"%s\"]}".formatted("x".repeat(200_000)));
    assertThat(draft(rows.toString()).apply(data, 0))
        .isEqualTo(
            new Adapted.Failed(5, "Row 6 (big): what the adaptor makes is larger than 1 MiB."));
  }

  @Test
  void aPatchReplacesRowsWholeAndRefusesNullsForUnknownNames() {
    AdaptorDraft draft = draft("{\"source\":\"a\",\"target\":\"x\"}");
    var adaptor = new Adaptor(1, 1, draft.name(), true, draft.mapping(), 1, 0, 0);
    var faults = new Faults();
    AdaptorDraft patched =
        AdaptorDocument.patch(json("{\"active\":false,\"name\":\"B\"}"), adaptor, faults);
    assertThat(JsonWriter.text(AdaptorDocument.settings(java.util.Objects.requireNonNull(patched))))
        .isEqualTo(
            "{\"name\":\"B\",\"active\":false,\"rows\":[{\"source\":\"a\",\"target\":\"x\"}]}");
    assertThat(AdaptorDocument.patch(json("{\"nme\":null}"), adaptor, faults)).isNull();
    assertThat(faults.list().getFirst().detail())
        .isEqualTo("There is no \"nme\" here. Did you mean \"name\"?");
  }
}
