package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Faults;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CurlExportTest {
  private static JsonObject json(String text) {
    return (JsonObject) ((JsonReader.Result.Read) new JsonReader().read(text)).value();
  }

  private static String of(String connector) {
    return CurlExport.of(json(connector));
  }

  @Test
  void secretsAreNotInIt() {
    assertThat(
            of(
                """
                {"method":"PUT","url":"https://a.example/{{id}}","headers":[{"name":"X","value":"it's"}],
                 "query":[{"name":"a b","value":"{{c}}&"}],"body":{"type":"json","template":"{\\"a\\": {{b}}}"},
                 "authorization":{"kind":"basic","username":"u","password":{"set":true}}}
                """))
        .isEqualTo(
            """
            curl -g -X PUT 'https://a.example/{{id}}?a%20b={{c}}%26' \\
              -H 'X: it'\\''s' \\
              -H 'Content-Type: application/json' \\
              -u 'u:***' \\
              --data-raw '{"a": {{b}}}'
            """);
  }

  @Test
  void fieldsArePutTogether() {
    assertThat(
            of(
                """
                {"method":"POST","url":"https://a.example/","body":{"type":"json","fields":[
                  {"name":"a.b","value":"{{x}}"},{"name":"a.c[0]","value":"{{y}}!"},{"name":"n","value":"1","type":"number"}]}}
                """))
        .contains("--data-raw '{\"a\":{\"b\":{{x}},\"c\":[\"{{y}}!\"]},\"n\":1}'");
  }

  @Test
  void whatHasNoFormInCurlIsAComment() {
    assertThat(
            of(
                "{\"method\":\"POST\",\"url\":\"https://a.example/\",\"body\":null,\"signing\":{\"kind\":\"hmac\"}}"))
        .startsWith("# The connector signs")
        .contains("# The body is the event itself")
        .contains("{{$event.id}}");
  }

  /// Importing an export gives the request that was exported.
  @Test
  void thereAndBack() {
    for (String connector :
        List.of(
            "{\"method\":\"GET\",\"url\":\"https://a.example/x?y={{z}}\"}",
            "{\"method\":\"HEAD\",\"url\":\"https://a.example/a/../b\"}",
            "{\"method\":\"POST\",\"url\":\"https://a.example/?f[a]=1&g[1-2]=3\",\"body\":{\"type\":\"none\"}}",
            "{\"method\":\"PATCH\",\"url\":\"https://a.example/\",\"headers\":[{\"name\":\"X-A\",\"value\":\"\"},"
                + "{\"name\":\"Content-Type\",\"value\":\"application/json\"}],"
                + "\"body\":{\"type\":\"json\",\"template\":\"{\\\"a\\\": \\\"it's {{b}} $x `y` \\\\n\\\"}\"}}",
            "{\"method\":\"DELETE\",\"url\":\"https://a.example/\",\"headers\":[{\"name\":\"Content-Type\",\"value\":\"text/plain\"}],"
                + "\"body\":{\"type\":\"raw\",\"template\":\"a\\nb\"}}",
            "{\"method\":\"POST\",\"url\":\"https://a.example/\",\"body\":{\"type\":\"multipart\",\"fields\":["
                + "{\"name\":\"a\",\"value\":\"x;\\\"y\\\"\"},{\"name\":\"b\",\"value\":\"z\",\"filename\":\"f.txt\",\"contentType\":\"text/csv\"}]}}")) {
      var faults = new Faults();
      Imported imported = CurlImport.read(of(connector), "/curl", faults);
      assertThat(faults.list()).as(of(connector)).isEmpty();
      JsonObject draft = ((Imported.Made) Objects.requireNonNull(imported)).connector();
      json(connector)
          .members()
          .forEach((name, value) -> assertThat(draft.get(name)).as(name).isEqualTo(value));
    }
  }

  @Test
  void ofWhatWasSent() {
    assertThat(
            CurlExport.command(
                "POST", "https://a.example/", List.of(new CurlExport.Header("A", "b")), "x'y"))
        .isEqualTo(
            """
            curl 'https://a.example/' \\
              -H 'A: b' \\
              -H 'Content-Type:' \\
              --data-raw 'x'\\''y'
            """);
  }
}
