package io.fairlead.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationDocumentTest {
  static final String BASIC = doc("basic", "\"username\":\"hub\",\"password\":\"pass-1\"");
  static final String BEARER = doc("bearer", "\"token\":\"tok-1\"");
  static final String API_KEY =
      doc(
          "apiKey",
          "\"in\":\"header\",\"keyName\":\"X-Key\",\"prefix\":\"Token \",\"key\":\"key-1\"");
  static final String CUSTOM =
      doc(
          "custom",
          """
          "parameters":[{"in":"header","name":"X-A","value":"val-1"},
           {"in":"query","name":"a","value":"val-2"},{"in":"body","name":"b","value":"väl 3"}]
          """);
  static final String STANDARD =
      doc("standardWebhooks", "\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"");
  static final String HMAC =
      doc(
          "hmac",
          """
          "header":"X-Sig","algorithm":"sha512","encoding":"base64","prefix":"v1=","separator":",",
          "timestampHeader":"X-Time","signed":"{{$timestamp}}{{$body}}","secret":"sec-1"
          """);

  static String doc(String kind, String more) {
    return "{\"name\":\"A\",\"kind\":\"%s\",%s,\"hosts\":[\"a.example\"]}"
        .formatted(kind, more.strip());
  }

  private static Json json(String text) {
    return new JsonReader().readTrusted(text.getBytes(StandardCharsets.UTF_8));
  }

  static AuthorizationDraft draft(String text) {
    var faults = new Faults();
    AuthorizationDraft draft = AuthorizationDocument.create(json(text), faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft;
  }

  static Authorization authorization(String text) {
    AuthorizationDraft draft = draft(text);
    return new Authorization(7, 1, draft.name(), draft.proof(), draft.hosts(), 1, 0, 0);
  }

  private static List<Fault> faults(String text) {
    var faults = new Faults();
    AuthorizationDraft draft = AuthorizationDocument.create(json(text), faults);
    assertThat(draft == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  private static AuthorizationDraft patched(String before, String patch) {
    var faults = new Faults();
    AuthorizationDraft draft =
        AuthorizationDocument.patch(json(patch), authorization(before), faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft;
  }

  private static List<Fault> patchFaults(String before, String patch) {
    var faults = new Faults();
    AuthorizationDraft draft =
        AuthorizationDocument.patch(json(patch), authorization(before), faults);
    assertThat(draft == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  private static List<Fault> rotateFaults(String before, String rotation) {
    var faults = new Faults();
    var _ = Rotation.read(json(rotation), authorization(before), 0, faults);
    return faults.list();
  }

  private static Proof rotated(String before, String rotation) {
    var faults = new Faults();
    AuthorizationDraft draft = Rotation.read(json(rotation), authorization(before), 1_000, faults);
    assertThat(faults.list()).isEmpty();
    if (draft == null) {
      throw new AssertionError("no draft and no fault");
    }
    return draft.proof();
  }

  @Test
  void whatIsSentIsWhatIsReadLessTheSecrets() {
    for (String text : List.of(BASIC, BEARER, API_KEY, CUSTOM, STANDARD, HMAC)) {
      String shown = JsonWriter.text(AuthorizationDocument.settings(draft(text)));
      assertThat(json(shown))
          .isEqualTo(
              json(
                  text.replaceAll(
                      "\"((pass|tok|key|val|väl|sec)[- ][0-9]|whsec_[^\"]*)\"", "{\"set\":true}")));
      assertThat(draft(text).toString())
          .doesNotContain("pass-1", "tok-1", "key-1", "val-", "väl", "MfKQ", "sec-1");
    }
  }

  @Test
  void whatIsStoredGivesTheSameBack() {
    for (String text : List.of(BASIC, BEARER, API_KEY, CUSTOM, STANDARD, HMAC)) {
      AuthorizationDraft draft = draft(text);
      var faults = new Faults();
      JsonObject stored = AuthorizationDocument.settings(draft);
      JsonObject secret =
          (JsonObject) json(JsonWriter.text(AuthorizationDocument.secret(draft.proof())));
      assertThat(AuthorizationDocument.fromStored(stored, secret, faults)).isEqualTo(draft);
      assertThat(faults.list()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/name|name is missing.",
        "{}|/hosts|hosts is missing.",
        "{}|/kind|kind is missing.",
        "{\"kind\":\"oauth\"}|/kind|kind is one of basic, bearer, apiKey, custom, standardWebhooks, hmac.",
        "{\"kind\":\"hmca\"}|/kind|Did you mean \"hmac\"?",
        "{\"hosts\":[]}|/hosts|at least one item",
        "{\"hosts\":[\"a.example/x\"]}|/hosts/0|A host is a host such as",
        "{\"hosts\":[\"*.example\"]}|/hosts/0|A host is",
        "{\"hosts\":[\"u@a.example\"]}|/hosts/0|A host is",
        "{\"hosts\":[7]}|/hosts/0|A host is",
        "{\"kind\":\"bearer\",\"token\":\"a b\"}|/token|no blanks",
        "{\"kind\":\"apiKey\",\"in\":\"body\",\"keyName\":\"a\",\"key\":\"k\"}|/in|in is one of header, query, cookie.",
        "{\"kind\":\"apiKey\",\"in\":\"header\",\"keyName\":\"a b\",\"key\":\"k\"}|/keyName|is a header name",
        "{\"kind\":\"apiKey\",\"in\":\"header\",\"keyName\":\"Host\",\"key\":\"k\"}|/keyName|made by the hub",
        "{\"kind\":\"apiKey\",\"in\":\"query\",\"keyName\":\"a\",\"prefix\":\"x\",\"key\":\"k\"}|/prefix|keys in a header",
        "{\"kind\":\"apiKey\",\"in\":\"cookie\",\"keyName\":\"a\",\"key\":\"k;k\"}|/key|no quotes, commas",
        "{\"kind\":\"apiKey\",\"in\":\"header\",\"keyName\":\"a\",\"key\":\"k\\r\\nX: y\"}|/key|no line ends",
        "{\"kind\":\"custom\"}|/parameters|parameters is missing.",
        "{\"kind\":\"custom\",\"parameters\":[]}|/parameters|at least one item",
        "{\"kind\":\"custom\",\"parameters\":[{\"in\":\"header\",\"name\":\"X\",\"value\":\"€\"}]}|/parameters/0/value|ISO-8859-1",
        "{\"kind\":\"custom\",\"parameters\":[{\"in\":\"query\",\"name\":\"x\",\"value\":\"1\"},{\"in\":\"query\",\"name\":\"x\",\"value\":\"2\"}]}|/parameters/1/name|already",
        "{\"kind\":\"custom\",\"parameters\":\"a=1&b\"}|/parameters|such as api_key=abc",
        "{\"kind\":\"custom\",\"parameters\":\"a=1+2\"}|/parameters|write %20 or %2B",
        "{\"kind\":\"custom\",\"parameters\":\"a=%zz\"}|/parameters|write %25",
        "{\"kind\":\"custom\",\"parameters\":\"a=1&a=2\"}|/parameters|another name",
        "{\"kind\":\"standardWebhooks\",\"secret\":\"whsec_AAAA\"}|/secret|24 to 64 bytes",
        "{\"kind\":\"standardWebhooks\",\"secret\":\"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}|/secret|is whsec_ and",
        "{\"kind\":\"hmac\",\"header\":\"X\",\"algorithm\":\"md5\",\"encoding\":\"hex\",\"signed\":\"x\",\"secret\":\"s\"}|/algorithm|sha1, sha256, sha512",
        "{\"kind\":\"hmac\",\"header\":\"X\",\"algorithm\":\"sha1\",\"encoding\":\"hex\",\"signed\":\"{{body}}\",\"secret\":\"s\"}|/signed|Column 1",
        "{\"kind\":\"hmac\",\"header\":\"X\",\"algorithm\":\"sha1\",\"encoding\":\"hex\",\"prefix\":\"{{$body}}\",\"signed\":\"x\",\"secret\":\"s\"}|/prefix|cannot stand in a header",
        "{\"kind\":\"hmac\",\"header\":\"X\",\"timestampHeader\":\"x\",\"algorithm\":\"sha1\",\"encoding\":\"hex\",\"signed\":\"x\",\"secret\":\"s\"}|/timestampHeader|already",
        "{\"kind\":\"bearer\",\"token\":\"t\",\"password\":\"p\"}|/password|There is no \"password\" here.",
        "{\"kind\":\"bearer\",\"token\":\"t\",\"usedBy\":[]}|/usedBy|read only",
      })
  void whatIsWrongIsNamed(String document, String pointer, String expected) {
    assertThat(faults(document))
        .anySatisfy(fault -> {
          assertThat(fault.at()).isEqualTo(pointer);
          assertThat(fault.detail()).contains(expected);
        });
  }

  @Test
  void aPastedQueryIsTakenApart() {
    AuthorizationDraft draft =
        draft(doc("custom", "\"parameters\":\"?api_key=k%2B1&credential=a%20b%26\""));
    assertThat(draft.proof())
        .isEqualTo(
            new Credential.Custom(
                List.of(
                    new Credential.Parameter(Place.QUERY, "api_key", "k+1"),
                    new Credential.Parameter(Place.QUERY, "credential", "a b&"))));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example",
    "A.Example:443, a.example",
    "https://a.example, a.example",
    "a.example:8443, a.example:8443",
    "http://a.example, http://a.example",
    "http://a.example:8080, http://a.example:8080",
    "bücher.example, xn--bcher-kva.example",
    "[2001:DB8::1]:8443, [2001:db8::1]:8443",
    "192.0.2.1, 192.0.2.1"
  })
  void aHostIsReadAsInAUrl(String entry, String text) {
    assertThat(Hosts.text(java.util.Objects.requireNonNull(Hosts.parse(entry)))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a.example:0",
        "a.example:x",
        "ftp://a.example",
        "0x7f.1",
        "{{h}}"
      })
  void whatIsNoHostIsRefused(String entry) {
    assertThat(Hosts.parse(entry)).isNull();
  }

  @Test
  void aPatchKeepsWhatItDoesNotName() {
    Map<String, String> patches =
        Map.of(
            BASIC, "{\"username\":\"u\"}",
            BEARER, "{\"name\":\"B\"}",
            API_KEY, "{\"prefix\":\"\"}",
            STANDARD, "{\"secret\":{\"set\":true}}",
            HMAC, "{\"algorithm\":\"sha1\",\"separator\":null}");
    patches.forEach((before, patch) ->
        assertThat(JsonWriter.text(ProofDocument.clear(patched(before, patch).proof())))
            .containsPattern("pass-1|tok-1|key-1|MfKQ|sec-1"));
    assertThat(patched(BASIC, "{\"password\":null}").proof())
        .isEqualTo(new Credential.Basic("hub", ""));
    assertThat(
            patched(
                    BEARER,
                    "{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"p\",\"token\":null}")
                .proof())
        .isEqualTo(new Credential.Basic("u", "p"));
  }

  @Test
  void aSecretStaysWhereItWentOrIsSentAgain() {
    assertThat(patchFaults(API_KEY, "{\"in\":\"query\",\"prefix\":null}"))
        .containsExactly(
            Fault.at("/key", "The place or name has changed, so the key has to be sent again."));
    assertThat(patchFaults(API_KEY, "{\"keyName\":\"X-Other\"}")).hasSize(1);
    assertThat(patched(API_KEY, "{\"keyName\":\"x-key\"}").proof())
        .isEqualTo(new Credential.ApiKey(Place.HEADER, "x-key", "Token ", "key-1"));
    assertThat(
            patchFaults(
                BEARER, "{\"kind\":\"apiKey\",\"in\":\"header\",\"keyName\":\"X\",\"token\":null}"))
        .extracting(Fault::at)
        .containsExactly("/key");
    assertThat(
            patchFaults(
                CUSTOM,
                """
                {"parameters":[{"in":"query","name":"X-A"},{"in":"query","name":"c","value":{"set":true}}]}
                """))
        .extracting(Fault::at)
        .containsExactly("/parameters/0/value", "/parameters/1/value");
    assertThat(
            patched(
                    CUSTOM,
                    """
                    {"parameters":[{"in":"query","name":"a"},{"in":"header","name":"x-a","value":{"set":true}},
                     {"in":"body","name":"new","value":"n"}]}
                    """)
                .proof())
        .isEqualTo(
            new Credential.Custom(
                List.of(
                    new Credential.Parameter(Place.QUERY, "a", "val-2"),
                    new Credential.Parameter(Place.HEADER, "x-a", "val-1"),
                    new Credential.Parameter(Place.BODY, "new", "n"))));
    assertThat(patchFaults(BEARER, "{\"token\":null}"))
        .extracting(Fault::at)
        .containsExactly("/token");
    assertThat(patchFaults(BEARER, "{\"foo\":null}")).extracting(Fault::at).containsExactly("/foo");
    assertThat(patchFaults(STANDARD, "{\"kind\":\"bearer\",\"token\":\"t\",\"secret\":null}"))
        .extracting(Fault::at)
        .containsExactly("/kind");
  }

  @Test
  void aRotationKeepsTheFormerSecretWhereBothCanBeUsed() {
    String next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    Signing.Keys keys =
        ((Signing.StandardWebhooks) rotated(STANDARD, "{\"secret\":\"%s\"}".formatted(next)))
            .keys();
    assertThat(keys.at(1_000 + 86_400_000 - 1)).hasSize(2).first().isEqualTo(next);
    assertThat(keys.at(1_000 + 86_400_000)).containsExactly(next);
    assertThat(
            ((Signing.Hmac) rotated(HMAC, "{\"secret\":\"sec-2\",\"overlap\":\"0s\"}"))
                .keys()
                .at(0))
        .containsExactly("sec-2");
    assertThat(rotateFaults(STANDARD, "{\"secret\":\"%s\",\"overlap\":\"169h\"}".formatted(next)))
        .extracting(Fault::at)
        .containsExactly("/overlap");
    assertThat(rotateFaults(STANDARD, "{\"secret\":\"x\"}"))
        .extracting(Fault::at)
        .containsExactly("/secret");
  }

  @Test
  void whereOneSecretIsSentAnOverlapIsRefusedWithTheReason() {
    for (String before : List.of(BASIC, BEARER, API_KEY)) {
      assertThat(rotateFaults(before, "{\"secret\":\"new\",\"overlap\":\"1h\"}"))
          .singleElement()
          .satisfies(fault -> assertThat(fault.detail()).contains("A request carries one secret"));
      assertThat(JsonWriter.text(ProofDocument.clear(rotated(before, "{\"secret\":\"new\"}"))))
          .contains("\"new\"");
    }
    assertThat(
            rotateFaults(
                HMAC.replace("\"separator\":\",\",", ""), "{\"secret\":\"n\",\"overlap\":\"1h\"}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.detail()).contains("separator"));
    assertThat(rotateFaults(CUSTOM, "{\"secret\":\"n\"}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.detail()).contains("has 3 values"));
  }
}
