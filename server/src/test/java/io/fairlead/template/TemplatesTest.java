package io.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

final class TemplatesTest {
  private static final String TEMPLATE =
      """
      name: T
      description: Tries everything.
      docs: https://example.com
      auth: bearer
      fields:
        - { name: host, label: Host, help: H., type: text, example: h }
        - { name: note, label: Note, help: N., type: text, tokens: true, required: false }
        - { name: kind, label: Kind, help: K., type: choice, default: a,
            choices: [{ value: a, label: A }, { value: b, label: B }] }
        - { name: many, label: Many, help: M., type: number, required: false,
            visibleWhen: { field: kind, is: b } }
        - { name: owner, label: Owner, help: O., type: text, required: false,
            requiredWhen: { field: kind, is: [b] } }
        - { name: key, label: Key, help: S., type: secret, required: false,
            pattern: '(?P<id>[0-9]+):(?P<rest>.+)', open: [id] }
        - { name: quiet, label: Quiet, help: Q., type: boolean, required: false }
      connector:
        url: { $url: 'https://x.example/${host}/${key.id}' }
        headers:
          - { name: X-Note, value: { $value: note } }
          - { $if: quiet, $then: { name: X-Quiet, value: '1' }, $else: { name: X-Loud, value: '1' } }
          - { name: X-Kind, value: { $choose: kind, $of: { a: one, b: two } } }
        text: { $text: 'for ${host}' }
        authorization: { kind: bearer, token: { $value: key.rest } }
      sample: { type: a, data: {} }
      """;

  private final Template template = TemplateReader.read("t", Yaml.read(TEMPLATE));

  private static Json json(String text) {
    return switch (new JsonReader().read(text.getBytes(StandardCharsets.UTF_8))) {
      case JsonReader.Result.Read(Json value) -> value;
      case JsonReader.Result.Malformed malformed -> throw new AssertionError(malformed.detail());
    };
  }

  private Filled filled(String values) {
    var faults = new Faults();
    Filled filled = template.fill(Members.of(json(values), "/values", faults));
    assertThat(faults.list()).isEmpty();
    return filled;
  }

  private List<String> faults(String values) {
    var faults = new Faults();
    var _ = template.fill(Members.of(json(values), "/values", faults));
    return faults.list().stream().map(fault -> fault.at() + " " + fault.detail()).toList();
  }

  @Test
  void everyTemplateOfTheJarIsRight() throws IOException, URISyntaxException {
    Templates templates = Templates.load();
    assertThat(templates.all()).hasSizeGreaterThanOrEqualTo(12);
    Path folder =
        Path.of(Objects.requireNonNull(Templates.class.getResource("index.yaml")).toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml") && !name.equals("index.yaml"))
              .map(name -> name.replace(".yaml", ""))
              .toList();
      assertThat(templates.ids()).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void eachExampleIsAValueThatItsFieldTakes() {
    for (Template one : Templates.load().all()) {
      var values = Json.object();
      for (TemplateField field : one.fields()) {
        values.putIfPresent(
            field.name(), field.isSecret() && field.example() == null ? "x" : field.example());
      }
      var faults = new Faults();
      var _ = one.fill(Members.of(values.build(), "/values", faults));
      assertThat(faults.list())
          .as(one.id())
          .allMatch(fault -> fault.detail().contains("is only for"));
    }
  }

  @Test
  void valuesStandWhereTheTemplateWantsThem() {
    Filled filled = filled("{\"host\":\"a/b c\",\"note\":\"{{x}}\",\"key\":\"7:s\"}");
    assertThat(JsonWriter.text(filled.document()))
        .isEqualTo(
            """
            {"url":"https://x.example/a%2Fb%20c/7",\
            "headers":[{"name":"X-Note","value":"{{x}}"},{"name":"X-Loud","value":"1"},\
            {"name":"X-Kind","value":"one"}],"text":"for a/b c",\
            "authorization":{"kind":"bearer","token":"s"}}\
            """);
    assertThat(filled.fieldAt("/headers/0/value")).isEqualTo("note");
    assertThat(filled.fieldAt("/authorization")).isEqualTo("key");
    assertThat(filled.fieldAt("/authorization/token")).isEqualTo("key");
    assertThat(filled.fieldAt("/headers/2")).isNull();
    assertThat(filled.fieldAt("/method")).isNull();
  }

  @Test
  void whatIsNotGivenIsLeftOut() {
    Filled filled = filled("{\"host\":\"h\",\"quiet\":true,\"note\":\"\"}");
    assertThat(JsonWriter.text(filled.document()))
        .isEqualTo(
            """
            {"headers":[{"name":"X-Note"},{"name":"X-Quiet","value":"1"},\
            {"name":"X-Kind","value":"one"}],"text":"for h","authorization":{"kind":"bearer"}}\
            """);
  }

  @Test
  void everythingWrongIsToldAtOnceByField() {
    assertThat(faults("{\"kind\":\"c\",\"many\":1,\"key\":\"x\",\"quiet\":\"yes\",\"hots\":\"h\"}"))
        .containsExactlyInAnyOrder(
            "/values/kind Kind is one of a, b.",
            "/values/key Key does not look right: S.",
            "/values/quiet Quiet is true or false.",
            "/values/host Host is missing.",
            "/values/many Many is only for Kind b.",
            "/values/hots There is no \"hots\" here. Did you mean \"host\"?");
  }

  @Test
  void aFieldMayBeNeededForAChoiceOnly() {
    assertThat(faults("{\"host\":\"h\"}")).isEmpty();
    assertThat(faults("{\"host\":\"h\",\"kind\":\"b\"}"))
        .containsExactly("/values/owner Owner is missing: it is needed when Kind is b.");
    assertThat(faults("{\"host\":\"h\",\"kind\":\"b\",\"owner\":\"o\",\"many\":3}")).isEmpty();
  }

  @Test
  void noValueBecomesAToken() {
    assertThat(faults("{\"host\":\"{{$secret.token}}\"}"))
        .containsExactly("/values/host Host takes no tokens, so no {{.");
    assertThat(faults("{\"host\":\"{\"}")).contains("/values/host Host takes no { and no }.");
    Filled filled = filled("{\"host\":\"h\",\"note\":\"${key.rest}\",\"key\":\"7:{{x}}${host}\"}");
    assertThat(JsonWriter.text(filled.document()))
        .contains("\"value\":\"${key.rest}\"", "\"token\":\"{{x}}${host}\"");
  }

  @Test
  void aTemplateThatLetsASecretOutIsRefused() {
    for (String leak :
        List.of(
            "text: { $value: key }",
            "text: { $text: 'for ${key.rest}' }",
            "link: { $url: 'https://x.example/${key}' }",
            "body: { type: json, template: { $text: '{\"a\":\"${host}\"}' } }",
            "text: { $value: nothing }",
            "text: { $value: key.none }")) {
      String wrong = TEMPLATE.replace("  text: { $text: 'for ${host}' }", "  " + leak);
      assertThatThrownBy(() -> TemplateReader.read("t", Yaml.read(wrong)))
          .as(leak)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void yamlIsDataAndBounded() {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    for (String bad :
        List.of(bomb, "a: 1\na: 2\n", "!!java.net.URL [x]", "a: " + "x".repeat(70_000))) {
      assertThatThrownBy(() -> Yaml.read(bad)).isInstanceOf(YamlEngineException.class);
    }
    assertThat(Yaml.read("a: [1, 1.5, true, null, '1']"))
        .isEqualTo(json("{\"a\":[1,1.5,true,null,\"1\"]}"));
  }

  @Test
  void pastedHeadersArePartedFromTheirSecrets() {
    List<PastedHeaders.Header> headers =
        PastedHeaders.read(
            "Content-length: 0|X-A: a\\|b|Authorization: OAuth to\\|ken| X-Api-Key:k|B: {{x | y}}");
    assertThat(headers)
        .extracting(PastedHeaders.Header::name)
        .containsExactly("Content-length", "X-A", "Authorization", "X-Api-Key", "B");
    assertThat(headers)
        .extracting(PastedHeaders.Header::value)
        .containsExactly("0", "a|b", "OAuth to|ken", "k", "{{x | y}}");
    assertThat(headers.stream().filter(PastedHeaders.Header::isSecret)).hasSize(2);
    assertThat(headers.get(1).text()).isEqualTo("X-A: a\\|b");
  }
}
