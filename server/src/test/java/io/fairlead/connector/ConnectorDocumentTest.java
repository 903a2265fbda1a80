package io.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.Credential;
import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.render.BodyText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorDocumentTest {
  private static final String SMALLEST =
      """
      {"name":"A","method":"POST","url":"https://a.example/"}
      """;
  private static final String BEARER =
      """
      {"name":"A","method":"POST","url":"https://a.example/x",
       "authorization":{"kind":"bearer","token":"tok-1"}}
      """;
  private static final String BASIC =
      """
      {"name":"A","method":"POST","url":"https://a.example/x",
       "authorization":{"kind":"basic","username":"hub","password":"pass-1"}}
      """;

  static final Home HOME = new Home(1, "acme", new AuthorizationCatalog());

  private static Json json(String text) {
    return new JsonReader().readTrusted(text.getBytes(StandardCharsets.UTF_8));
  }

  static Draft draft(String text) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.create(json(text), HOME, faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft;
  }

  static Connector connector(String text) {
    return connector(7, draft(text));
  }

  static Connector connector(long id, Draft draft) {
    return new Connector(
        id, 1, "acme", draft.spec(), draft.auth(), draft.active(), null, 1, 0, 0, draft.plan());
  }

  private static List<Fault> faults(String text) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.create(json(text), HOME, faults);
    assertThat(draft == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  private static Draft replaced(String before, String text) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.replace(json(text), connector(before), HOME, faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft;
  }

  private static List<Fault> replaceFaults(String before, String text) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.replace(json(text), connector(before), HOME, faults);
    assertThat(draft == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  private static Draft patched(String before, String patch) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.patch(json(patch), connector(before), HOME, faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft;
  }

  private static List<Fault> patchFaults(String before, String patch) {
    var faults = new Faults();
    Draft draft = ConnectorDocument.patch(json(patch), connector(before), HOME, faults);
    assertThat(draft == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  @Test
  void whatIsNotSaidHasADefault() {
    Draft draft = draft(SMALLEST);
    assertThat(draft.active()).isTrue();
    assertThat(draft.credential()).isEqualTo(Credential.None.NONE);
    assertThat(draft.spec().triggers()).isEmpty();
    assertThat(draft.spec().request().body()).isEqualTo(BodyText.ByMethod.BY_METHOD);
    assertThat(draft.spec().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(JsonWriter.text(ConnectorDocument.settings(connector(SMALLEST))))
        .isEqualTo(
            "{\"name\":\"A\",\"method\":\"POST\",\"url\":\"https://a.example/\",\"headers\":[],"
                + "\"query\":[],\"body\":null,\"authorization\":null,\"signing\":null,\"adaptor\":null,\"response\":{\"type\":\"auto\"},\"rules\":[],\"triggers\":[],\"policy\":{"
                + "\"timeout\":\"30s\",\"retrySchedule\":[\"5s\",\"30s\",\"2m\",\"10m\",\"1h\",\"3h\","
                + "\"6h\",\"12h\"],\"concurrency\":16},\"active\":true}");
  }

  @Test
  void whatIsSentIsWhatIsRead() {
    String sent =
        """
        {"name":"Tickets","method":"PUT","url":"https://t.example/{{ticket.id}}",
         "headers":[{"name":"X-A","value":"{{$event.id}}"},{"name":"X-A","value":""}],
         "query":[{"name":"q","value":"ü"}],
         "body":{"type":"json","template":"{\\"a\\": {{a}}}"},
         "authorization":{"kind":"basic","username":"hub","password":"s3cret"},
         "response":{"type":"json","key":"ticket.id"},
         "rules":[{"when":{"body":{"ok":false}},"then":"FAIL"}],
         "triggers":[{"eventType":"ticket.*"},{"eventType":"*"},{"eventType":"a:b/c-d_e"}],
         "policy":{"timeout":"10s","retrySchedule":["1s","90s","24h"],"concurrency":1000},
         "active":false}
        """;
    Draft draft = draft(sent);
    assertThat(draft.credential()).isEqualTo(new Credential.Basic("hub", "s3cret"));
    assertThat(draft.spec().policy())
        .isEqualTo(
            new Policy(
                Duration.ofSeconds(10),
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(90), Duration.ofHours(24)),
                1000));
    assertThat(ConnectorDocument.settings(connector(sent)))
        .isEqualTo(
            json(
                sent.replace("\"s3cret\"", "{\"set\":true}")
                    .replace("\"triggers\"", "\"signing\":null,\"adaptor\":null,\"triggers\"")));
    assertThat(draft.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsStoredHasNoSecretAndGivesTheSameBack() {
    for (String sent : List.of(SMALLEST, BEARER, BASIC, BASIC.replace("pass-1", ""))) {
      Draft draft = draft(sent);
      assertThat(JsonWriter.text(ConnectorDocument.stored(draft)))
          .doesNotContain("tok-1")
          .doesNotContain("pass-1");
      var faults = new Faults();
      Draft back =
          ConnectorDocument.fromStored(
              ConnectorDocument.stored(draft),
              AuthDocument.secret(draft.auth()),
              false,
              HOME,
              new JsonReader(),
              faults);
      assertThat(faults.list()).isEmpty();
      if (back == null) {
        throw new AssertionError();
      }
      assertThat(back.spec()).isEqualTo(draft.spec());
      assertThat(back.credential()).isEqualTo(draft.credential());
      assertThat(back.active()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/name|name is missing.",
        "{}|/method|method is missing.",
        "{}|/url|url is missing.",
        "[]|``|must be an object",
        "{\"name\":5}|/name|must be a string, not a number",
        "{\"name\":\"\"}|/name|must not be empty",
        "{\"name\":\"a\\nb\"}|/name|control characters",
        "{\"method\":\"post\"}|/method|Did you mean \"POST\"?",
        "{\"method\":\"TRACE\"}|/method|is one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "{\"url\":\"ftp://a/\"}|/url|Expected https:// or http://",
        "{\"headers\":{}}|/headers|must be an array, not an object",
        "{\"headers\":null}|/headers|must be an array, not null",
        "{\"headers\":[5]}|/headers/0|must be an object",
        "{\"headers\":[{\"name\":\"X\"}]}|/headers/0/value|value is missing.",
        "{\"headers\":[{\"value\":\"X\"}]}|/headers/0/name|name is missing.",
        "{\"headers\":[{\"name\":\"X\",\"value\":\"a\",\"on\":1}]}|/headers/0/on|There is no \"on\" here.",
        "{\"headers\":[{\"name\":\"host\",\"value\":\"a\"}]}|/headers/0/name|computed",
        "{\"query\":[{\"name\":\"a\",\"value\":\"{{\"}]}|/query/0/value|Expected }}",
        "{\"body\":5}|/body|must be an object",
        "{\"body\":{}}|/body/type|type is missing.",
        "{\"body\":{\"type\":\"jsn\"}}|/body/type|Did you mean \"json\"?",
        "{\"body\":{\"type\":\"form\",\"fields\":[]}}|/body/fields|at least one item",
        "{\"body\":{\"type\":\"form\",\"template\":\"a=b;c=d\"}}|/body/template|Line 1, column 4: Expected characters of a form, but found ;, which is written %3B.",
        "{\"body\":{\"type\":\"form\",\"template\":\"{{x}}=b\"}}|/body/template|Line 1, column 1: Expected a name and =",
        "{\"body\":{\"type\":\"form\",\"root\":\"a\"}}|/body/root|There is no \"root\" here.",
        "{\"body\":{\"type\":\"xml\",\"root\":\"a b\"}}|/body/root|Expected the name of an element",
        "{\"body\":{\"type\":\"xml\",\"template\":\"<a/>\",\"root\":\"a\"}}|/body/root|There is no \"root\" here.",
        "{\"body\":{\"type\":\"xml\",\"template\":\"<a>\"}}|/body/template|Line 1, column 1: Expected </a> to close",
        "{\"body\":{\"type\":\"xml\",\"fields\":[{\"name\":\"a b\",\"value\":\"\"}]}}|/body/fields/0/name|Expected the name of an element",
        "{\"body\":{\"type\":\"raw\"}}|/body/template|template is missing.",
        "{\"body\":{\"type\":\"raw\",\"fields\":[],\"template\":\"a\"}}|/body/fields|There is no \"fields\" here.",
        "{\"body\":{\"type\":\"multipart\",\"template\":\"a\"}}|/body/template|There is no \"template\" here.",
        "{\"body\":{\"type\":\"multipart\",\"fields\":[{\"name\":\"a\",\"value\":\"\",\"filename\":\"a\\\"b\"}]}}|/body/fields/0/filename|a double quote",
        "{\"body\":{\"type\":\"json\",\"fields\":[{\"name\":\"a\",\"value\":\"\",\"type\":\"int\"}]}}|/body/fields/0/type|type is one of string, number, boolean, json.",
        "{\"headers\":\"nonsense\"}|/headers|Line 1, column 1: Expected a header like Name: value",
        "{\"headers\":\"X B: 2\"}|/headers|X B: Expected a header name",
        "{\"body\":{\"type\":\"json\",\"fields\":[]}}|/body/fields|at least one item",
        "{\"body\":{\"type\":\"json\",\"fields\":[{\"name\":\"a\",\"value\":\"\"}],\"template\":\"1\"}}|/body/template|not both",
        "{\"body\":{\"type\":\"none\",\"fields\":[]}}|/body/fields|There is no \"fields\" here.",
        "{\"body\":{\"type\":\"json\",\"template\":\"{\"}}|/body/template|Line 1, column 2",
        "{\"body\":{\"type\":\"json\",\"fields\":[{\"name\":\"a\",\"value\":\"\",\"type\":\"number\"}]}}|/body/fields/0/value|type is number",
        "{\"method\":\"GET\",\"body\":{\"type\":\"json\",\"template\":\"1\"}}|/body|A GET request has no body",
        "{\"authorization\":\"x\"}|/authorization|must be an object",
        "{\"authorization\":{}}|/authorization/kind|kind is missing.",
        "{\"authorization\":{\"id\":\"aut_1\"}}|/authorization/id|There is no authorization aut_1.",
        "{\"authorization\":{\"kind\":\"oauth2\"}}|/authorization/kind|is one of basic, bearer",
        "{\"authorization\":{\"kind\":\"basic\"}}|/authorization/username|username is missing.",
        "{\"authorization\":{\"kind\":\"basic\",\"username\":\"a:b\"}}|/authorization/username|no colon",
        "{\"authorization\":{\"kind\":\"basic\",\"username\":\"a\",\"token\":\"t\"}}|/authorization/token|There is no \"token\" here.",
        "{\"authorization\":{\"kind\":\"basic\",\"username\":\"a\",\"password\":{\"set\":true}}}|/authorization/password|no password to keep",
        "{\"authorization\":{\"kind\":\"basic\",\"username\":\"a\",\"password\":{\"set\":false}}}|/authorization/password|must be a string, not an object",
        "{\"authorization\":{\"kind\":\"bearer\"}}|/authorization/token|token is missing.",
        "{\"authorization\":{\"kind\":\"bearer\",\"token\":null}}|/authorization/token|must be a string, not null",
        "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"\"}}|/authorization/token|must not be empty",
        "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"a b\\n\"}}|/authorization/token|no blanks and no line ends",
        "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"t\"},\"headers\":[{\"name\":\"authorization\",\"value\":\"x\"}]}|/headers/0/name|leave one of the two out",
        "{\"triggers\":[{}]}|/triggers/0/eventType|eventType is missing.",
        "{\"triggers\":[{\"eventType\":\"a b\"}]}|/triggers/0/eventType|is an event type",
        "{\"triggers\":[{\"eventType\":\"a*\"}]}|/triggers/0/eventType|is an event type",
        "{\"triggers\":[{\"eventType\":\"*.a\"}]}|/triggers/0/eventType|is an event type",
        "{\"triggers\":[{\"eventType\":\".*\"}]}|/triggers/0/eventType|is an event type",
        "{\"triggers\":[{\"eventType\":\"a\",\"filter\":{}}]}|/triggers/0/filter|A filter needs something to ask",
        "{\"policy\":null}|/policy|must be an object",
        "{\"policy\":{\"timeout\":\"0s\"}}|/policy/timeout|from 1s to 2m",
        "{\"policy\":{\"timeout\":\"121s\"}}|/policy/timeout|from 1s to 2m",
        "{\"policy\":{\"timeout\":\"500ms\"}}|/policy/timeout|is a duration such as",
        "{\"policy\":{\"timeout\":30}}|/policy/timeout|is a duration such as",
        "{\"policy\":{\"retrySchedule\":[\"25h\"]}}|/policy/retrySchedule/0|from 1s to 24h",
        "{\"policy\":{\"concurrency\":0}}|/policy/concurrency|from 1 to 1000",
        "{\"policy\":{\"concurrency\":1001}}|/policy/concurrency|from 1 to 1000",
        "{\"policy\":{\"concurency\":1}}|/policy/concurency|Did you mean \"concurrency\"?",
        "{\"active\":\"yes\"}|/active|must be true or false",
        "{\"Name\":\"x\"}|/Name|Did you mean \"name\"?",
        "{\"adaptor\":7}|/adaptor|adaptor is an adaptor's id such as adp_0000000000000, or null.",
        "{\"adaptor\":\"adp_0pmya7gh80400\"}|/adaptor|There is no such adaptor.",
        "{\"signing\":{}}|/signing/kind|kind is missing.",
        "{\"signing\":{\"kind\":\"basic\"}}|/signing/kind|basic belongs into authorization",
        "{\"authorization\":{\"kind\":\"hmac\"}}|/authorization/kind|hmac belongs into signing",
        "{\"id\":\"con_1\"}|/id|id is read only; leave it out.",
        "{\"a/b~c\":1}|/a~1b~0c|There is no \"a/b~c\" here.",
      })
  void whatIsWrongIsNamed(String document, String pointer, String expected) {
    assertThat(faults(document))
        .anySatisfy(fault -> {
          assertThat(fault.at()).isEqualTo(pointer);
          assertThat(fault.detail()).contains(expected);
        });
  }

  @Test
  void everythingIsBounded() {
    Map<String, String> table =
        Map.of(
            "/name", "\"name\":\"" + "n".repeat(201) + "\"",
            "/url", "\"url\":\"https://a.example/" + "u".repeat(8192) + "\"",
            "/headers", "\"headers\":" + rows(101, "X", "v"),
            "/headers/0/name", "\"headers\":" + rows(1, "X".repeat(201), "v"),
            "/headers/0/value", "\"headers\":" + rows(1, "X", "v".repeat(8193)),
            "/query", "\"query\":" + rows(101, "q", "v"),
            "/body/fields", "\"body\":{\"type\":\"json\",\"fields\":" + rows(501, "f", "v") + "}",
            "/body/template",
                "\"body\":{\"type\":\"json\",\"template\":\"" + " ".repeat(262_144) + "1\"}",
            "/triggers",
                "\"triggers\":[" + "{\"eventType\":\"a\"},".repeat(100) + "{\"eventType\":\"a\"}]",
            "/policy/retrySchedule",
                "\"policy\":{\"retrySchedule\":[" + "\"1s\",".repeat(20) + "\"1s\"]}");
    table.forEach((pointer, member) -> {
      String others =
          SMALLEST
              .strip()
              .substring(1)
              .replaceAll(
                  pointer.equals("/name") || pointer.equals("/url")
                      ? "\"" + pointer.substring(1) + "\":\"[^\"]*\",?"
                      : "^$",
                  "");
      String document = ("{" + member + "," + others).replace(",}", "}");
      assertThat(faults(document))
          .as(pointer)
          .singleElement()
          .satisfies(fault -> assertThat(fault.at()).isEqualTo(pointer));
    });
  }

  private static String rows(int count, String name, String value) {
    return "["
        + "{\"name\":\"%s\",\"value\":\"%s\"},".formatted(name, value).repeat(count - 1)
        + "{\"name\":\"%s\",\"value\":\"%s\"}]".formatted(name, value);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThat(
            faults(
                    """
                    {"name":"","method":"GET","url":"https://h.example/{id}","colour":1,
                     "headers":[{"name":"Host","value":"x"},{"value":"{{"}],
                     "body":{"type":"json","fields":[{"name":"a","value":"{{?}}"}]},
                     "triggers":[{"eventType":"a b"}],"policy":{"concurrency":0}}
                    """)
                .stream()
                .map(Fault::at))
        .containsExactlyInAnyOrder(
            "/name",
            "/url",
            "/url",
            "/colour",
            "/headers/0/name",
            "/headers/1/name",
            "/headers/1/value",
            "/body",
            "/body/fields/0/value",
            "/triggers/0/eventType",
            "/policy/concurrency");
  }

  @Test
  void aReplacementKeepsTheSecretUnlessItSaysOtherwise() {
    Map<String, Credential> bearer =
        Map.of(
            "", new Credential.Bearer("tok-1"),
            ",\"authorization\":{\"kind\":\"bearer\"}", new Credential.Bearer("tok-1"),
            ",\"authorization\":{\"kind\":\"bearer\",\"token\":{\"set\":true}}",
                new Credential.Bearer("tok-1"),
            ",\"authorization\":{\"kind\":\"bearer\",\"token\":\"tok-2\"}",
                new Credential.Bearer("tok-2"),
            ",\"authorization\":null", Credential.None.NONE,
            ",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"p\"}",
                new Credential.Basic("u", "p"),
            ",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":null}",
                new Credential.Basic("u", ""));
    bearer.forEach((authorization, credential) ->
        assertThat(replaced(BEARER, put(authorization)).credential())
            .as(authorization)
            .isEqualTo(credential));
    Map<String, Credential> basic =
        Map.of(
            "", new Credential.Basic("hub", "pass-1"),
            ",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\"}",
                new Credential.Basic("u", "pass-1"),
            ",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":null}",
                new Credential.Basic("u", ""));
    basic.forEach((authorization, credential) ->
        assertThat(replaced(BASIC, put(authorization)).credential())
            .as(authorization)
            .isEqualTo(credential));
  }

  private static String put(String more) {
    return "{\"name\":\"B\",\"method\":\"PUT\",\"url\":\"https://a.example/other\"" + more + "}";
  }

  @Test
  void whatIsNotThereCannotBeKept() {
    String keepPassword =
        put(
            ",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":{\"set\":true}}");
    String noPassword = put(",\"authorization\":{\"kind\":\"basic\",\"username\":\"u\"}");
    String keepToken = put(",\"authorization\":{\"kind\":\"bearer\",\"token\":{\"set\":true}}");
    assertThat(replaceFaults(BEARER, keepPassword))
        .containsExactly(
            Fault.at(
                "/authorization/password",
                "There is no password to keep; send it, or null for none."));
    assertThat(replaceFaults(BEARER, noPassword)).hasSize(1);
    assertThat(replaceFaults(SMALLEST, noPassword)).hasSize(1);
    assertThat(replaceFaults(BASIC.replace("pass-1", ""), keepPassword)).hasSize(1);
    assertThat(replaced(BASIC.replace("pass-1", ""), noPassword).credential())
        .isEqualTo(new Credential.Basic("u", ""));
    assertThat(replaceFaults(BASIC, keepToken))
        .containsExactly(Fault.at("/authorization/token", "There is no token to keep; send it."));
  }

  @ParameterizedTest
  @CsvSource({"http://a.example/x", "https://b.example/x", "https://a.example:8443/x"})
  void anotherPlaceNeedsTheSecretAgain(String url) {
    String patch = "{\"url\":\"" + url + "\"}";
    assertThat(patchFaults(BEARER, patch))
        .containsExactly(
            Fault.at(
                "/authorization/token",
                "The scheme, host or port of url has changed, so the token has to be sent again."));
    assertThat(patchFaults(BASIC, patch)).hasSize(1);
    assertThat(replaceFaults(BEARER, put("").replace("https://a.example/other", url))).hasSize(1);
    assertThat(
            patched(BEARER, "{\"url\":\"%s\",\"authorization\":{\"token\":\"t2\"}}".formatted(url))
                .credential())
        .isEqualTo(new Credential.Bearer("t2"));
    assertThat(
            patched(BEARER, "{\"url\":\"%s\",\"authorization\":null}".formatted(url)).credential())
        .isEqualTo(Credential.None.NONE);
    assertThat(patched(BASIC.replace("pass-1", ""), patch).credential())
        .isEqualTo(new Credential.Basic("hub", ""));
    assertThat(patched(SMALLEST, patch).spec().request().url()).isEqualTo(url);
  }

  @Test
  void anotherPathOrSpellingIsTheSamePlace() {
    assertThat(patched(BEARER, "{\"url\":\"HTTPS://A.example:443/y?z\"}").credential())
        .isEqualTo(new Credential.Bearer("tok-1"));
  }

  @Test
  void aPatchChangesWhatItNames() {
    Draft draft = patched(BEARER, "{\"policy\":{\"concurrency\":4},\"active\":false}");
    assertThat(draft.spec().policy().concurrency()).isEqualTo(4);
    assertThat(draft.spec().policy().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(draft.active()).isFalse();
    assertThat(draft.credential()).isEqualTo(new Credential.Bearer("tok-1"));
    assertThat(patched(BEARER, "{}").spec()).isEqualTo(draft(BEARER).spec());
  }

  @Test
  void aPatchTakesAwayWhatIsNull() {
    String before =
        """
        {"name":"A","method":"POST","url":"https://a.example/x","headers":[{"name":"X","value":"1"}],
         "body":{"type":"json","fields":[{"name":"a","value":"1"}]},"triggers":[{"eventType":"*"}],
         "policy":{"retrySchedule":[],"concurrency":2},"active":false}
        """;
    Draft draft =
        patched(
            before,
            "{\"headers\":null,\"body\":null,\"triggers\":null,\"active\":null,"
                + "\"policy\":{\"retrySchedule\":null}}");
    assertThat(draft.spec().request().headers()).isEmpty();
    assertThat(draft.spec().request().body()).isEqualTo(BodyText.ByMethod.BY_METHOD);
    assertThat(draft.spec().triggers()).isEmpty();
    assertThat(draft.active()).isTrue();
    assertThat(draft.spec().policy().retrySchedule()).isEqualTo(Policy.DEFAULT.retrySchedule());
    assertThat(draft.spec().policy().concurrency()).isEqualTo(2);
    assertThat(patched(before, "{\"policy\":null}").spec().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(
            patched(before, "{\"body\":{\"fields\":null,\"template\":\"[]\"}}")
                .spec()
                .request()
                .body())
        .isEqualTo(new BodyText.JsonTemplate("[]"));
    assertThat(patchFaults(before, "{\"body\":{\"template\":\"[]\"}}"))
        .extracting(Fault::at)
        .containsExactly("/body/template");
    assertThat(patchFaults(before, "{\"name\":null}"))
        .containsExactly(Fault.at("/name", "name is missing."));
  }

  @Test
  void aPatchClearsAndChangesSecrets() {
    Map<String, Credential> basic =
        Map.of(
            "{\"authorization\":{\"password\":null}}", new Credential.Basic("hub", ""),
            "{\"authorization\":{\"password\":\"p2\"}}", new Credential.Basic("hub", "p2"),
            "{\"authorization\":{\"password\":{\"set\":true}}}",
                new Credential.Basic("hub", "pass-1"),
            "{\"authorization\":{\"username\":\"u\"}}", new Credential.Basic("u", "pass-1"),
            "{\"authorization\":{}}", new Credential.Basic("hub", "pass-1"),
            "{\"authorization\":null}", Credential.None.NONE,
            "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"t\",\"username\":null,\"password\":null}}",
                new Credential.Bearer("t"));
    basic.forEach((patch, credential) ->
        assertThat(patched(BASIC, patch).credential()).as(patch).isEqualTo(credential));
    assertThat(
            patched(
                    BEARER,
                    "{\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"p\",\"token\":null}}")
                .credential())
        .isEqualTo(new Credential.Basic("u", "p"));
    assertThat(patchFaults(BEARER, "{\"authorization\":{\"token\":null}}"))
        .containsExactly(
            Fault.at(
                "/authorization/token",
                "It cannot do without its token; to send none set the whole authorization to null."));
    assertThat(patchFaults(BASIC, "{\"authorization\":{\"kind\":\"bearer\",\"token\":\"t\"}}"))
        .extracting(Fault::at)
        .containsExactlyInAnyOrder("/authorization/username", "/authorization/password");
    assertThat(
            patchFaults(
                BEARER,
                "{\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"token\":null}}"))
        .extracting(Fault::at)
        .containsExactly("/authorization/password");
  }

  @Test
  void aPatchWithUnknownNamesIsRefusedAlsoWhenTheyAreNull() {
    assertThat(
            patchFaults(
                    BEARER,
                    "{\"foo\":null,\"bar\":1,\"id\":null,\"body\":{\"x\":null,"
                        + "\"type\":\"none\"},\"policy\":{\"y\":null},\"authorization\":{\"z\":null}}")
                .stream()
                .map(Fault::at))
        .containsExactlyInAnyOrder(
            "/foo", "/bar", "/id", "/body/x", "/policy/y", "/authorization/z");
    assertThat(patchFaults(BEARER, "[]")).hasSize(1);
  }
}
