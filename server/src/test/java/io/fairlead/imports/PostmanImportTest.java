package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostmanImportTest {
  private static final String COLLECTION =
      """
      {"info":{"name":"Pets"},
       "auth":{"type":"bearer","bearer":[{"key":"token","value":"{{token}}","type":"string"}]},
       "variable":[{"key":"host","value":"pets.example"},{"key":"baseUrl","value":"https://{{host}}/v1"},{"key":"empty","value":""}],
       "event":[{"listen":"prerequest","script":{"exec":["pm.x()"]}}],
       "item":[
         {"name":"Pets","item":[
           {"name":"Add","id":"a-1","request":{"method":"POST",
             "header":[{"key":"X-A","value":"{{a}}"},{"key":"X-Off","value":"1","disabled":true}],
             "url":{"raw":"{{baseUrl}}/pets/:id/x?q=a%20b&off=1&plus=a+b","host":["{{baseUrl}}"],"path":["pets",":id","x"],
               "query":[{"key":"q","value":"a%20b"},{"key":"off","value":"1","disabled":true},{"key":"plus","value":"a+b"}],
               "variable":[{"key":"id","value":"7"}]},
             "body":{"mode":"raw","raw":"{\\"n\\": \\"{{petName}}\\", \\"at\\": \\"{{$isoTimestamp}}\\"}","options":{"raw":{"language":"json"}}}}},
           {"name":"Form","request":{"method":"PUT","url":"{{elsewhere}}/form","auth":{"type":"basic","basic":[{"key":"username","value":"u"},{"key":"password","value":"p"}]},
             "body":{"mode":"urlencoded","urlencoded":[{"key":"a","value":"{{a}}"},{"key":"b","value":"2","disabled":true}]}}},
           {"name":"Upload","request":{"method":"POST","url":"api.example/up","auth":{"type":"apikey","apikey":[{"key":"key","value":"X-Key"},{"key":"value","value":"s3"},{"key":"in","value":"query"}]},
             "body":{"mode":"formdata","formdata":[{"key":"f","type":"file","src":"/etc/passwd"},{"key":"t","type":"text","value":"v","contentType":"text/csv"}]}}},
           {"name":"Query","request":{"method":"POST","url":"https://a.example/graphql","auth":{"type":"noauth"},
             "body":{"mode":"graphql","graphql":{"query":"{ a }","variables":"{\\"x\\": 1}"}}}},
           {"name":"Get","request":{"method":"GET","url":"https://a.example/x","auth":{"type":"digest"},"body":{"mode":"raw","raw":"x"}}}
         ]}]}
      """;

  private static JsonObject collection() {
    return (JsonObject) ((JsonReader.Result.Read) new JsonReader().read(COLLECTION)).value();
  }

  private static Imported.Made made(String request) {
    var faults = new Faults();
    Imported imported = PostmanImport.read(collection(), request, faults);
    assertThat(faults.list()).isEmpty();
    return (Imported.Made) Objects.requireNonNull(imported);
  }

  private static String draft(String request) {
    return text(made(request).connector());
  }

  private static String text(Json json) {
    return new String(JsonWriter.bytes(json), StandardCharsets.UTF_8);
  }

  private static String fault(@Nullable String request) {
    var faults = new Faults();
    assertThat(PostmanImport.read(collection(), request, faults)).isNull();
    return faults.list().getFirst().detail();
  }

  @Test
  void variablesWithValuesAreFilledInAndOthersAreTokens() {
    assertThat(draft("/Pets/Add"))
        .isEqualTo(
            """
            {"name":"Add","method":"POST","url":"https://pets.example/v1/pets/{{id}}/x?plus=a+b",\
            "headers":[{"name":"X-A","value":"{{a}}"},{"name":"Content-Type","value":"application/json"}],\
            "query":[{"name":"q","value":"a b"}],\
            "body":{"type":"json","template":"{\\"n\\": \\"{{petName}}\\", \\"at\\": \\"{{$now}}\\"}"},\
            "authorization":{"kind":"bearer"}}\
            """);
    assertThat(made("a-1").notes().toString())
        .contains("/authorization/token", "scripts", "petName", "switched off");
    assertThat(text(made("Add").sample())).contains("\"id\":\"7\"", "\"petName\":\"text\"");
  }

  @Test
  void aHostWithoutValueIsLeftToFillIn() {
    assertThat(draft("Form"))
        .contains(
            "\"url\":\"https://server.invalid/form\"",
            "{\"type\":\"form\",\"fields\":[{\"name\":\"a\",\"value\":\"{{a}}\"}]}",
            "{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"p\"}");
    assertThat(made("Form").notes().toString()).contains("{{elsewhere}}", "1 fields");
  }

  @Test
  void filesAreLeftOut() {
    assertThat(draft("Upload"))
        .contains(
            "\"url\":\"http://api.example/up\"",
            "{\"type\":\"multipart\",\"fields\":[{\"name\":\"t\",\"value\":\"v\",\"contentType\":\"text/csv\"}]}",
            "{\"kind\":\"apiKey\",\"in\":\"query\",\"keyName\":\"X-Key\",\"key\":\"s3\"}");
    assertThat(made("Upload").notes().toString()).contains("f is a file").doesNotContain("passwd");
  }

  @Test
  void graphqlIsJson() {
    assertThat(draft("Query"))
        .contains("{\\\"query\\\":\\\"{ a }\\\",\\\"variables\\\":{\\\"x\\\": 1}}")
        .doesNotContain("authorization");
  }

  @Test
  void whatAConnectorCannotDoIsNamed() {
    assertThat(made("Get").notes().toString()).contains("no body", "digest");
  }

  @Test
  void choosing() {
    assertThat(fault("/Pets/Ad"))
        .isEqualTo("There is no request /Pets/Ad. Did you mean /Pets/Add?");
    Imported all = PostmanImport.read(collection(), null, new Faults());
    assertThat(((Imported.Choices) Objects.requireNonNull(all)).choices())
        .extracting(Choice::choose)
        .containsExactly("/Pets/Add", "/Pets/Form", "/Pets/Upload", "/Pets/Query", "/Pets/Get");
  }
}
