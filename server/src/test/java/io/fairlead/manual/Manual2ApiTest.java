package io.fairlead.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Manual 2's API, and the connector behind it: a whole hub, and a hand on its clock, which begins
/// on Friday 6 March 2026 at 16:00 in Oslo.
@ParameterizedClass
@EnumSource(Dialect.class)
final class Manual2ApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant START = Instant.parse("2026-03-06T15:00:00Z");
  private static final String PATH = "/compat/bealder/v2/connector";
  private static final String EMAIL = "example@bealder.com";

  /// The data of the manual's PUT, byte for byte.
  private static final String MANUAL =
      """
      {\s\s
         "id":2,
         "name":"My company CRM Bis",
         "url":"http:\\/\\/.api.mycompany.com\\/beacon",
         "auth":"GET",
         "method":"POST",
         "parameters":"[{\\"key\\":\\"Authentication\\",\\"value\\":\\"23533TT3Y64F24\\"},
         {\\"key\\":\\"Email\\",\\"value\\":\\"example@bealder.com\\"}]"
      }\
      """;

  private final Dialect dialect;
  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock = new HandClock(START.toEpochMilli());
  private TestHub hub;
  private String token = "";

  Manual2ApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect, clock);
    token = key("power_user", EMAIL);
  }

  @AfterEach
  void stop() {
    party.close();
    hub.close();
  }

  private String key(String role, String email) {
    Answer made =
        hub.client()
            .post(
                "/v1/api-keys",
                "{\"name\":\"Campaigns\",\"role\":\"%s\",\"email\":\"%s\"}".formatted(role, email));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.json().get("email").asString()).isEqualTo(email);
    return made.json().get("key").asString();
  }

  /// As the manual has it.
  private HubClient client() {
    return hub.client().withEmail(EMAIL, token);
  }

  private Answer put(String body) {
    return client().send("PUT", PATH, "application/json", body.getBytes(UTF_8));
  }

  private JsonNode good(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json();
  }

  /// A body of the third party's.
  private String body(String auth, String method) {
    return """
    {"name":"My company CRM","url":"%s","auth":"%s","method":"%s",
     "parameters":"[{\\"key\\":\\"Authentication\\",\\"value\\":\\"23533TT3Y64F24\\"},{\\"key\\":\\"E mail\\",\\"value\\":\\"a&b@bealder.com\\"}]"}
    """
        .replace("E mail", auth.equalsIgnoreCase("header") ? "E-mail" : "E mail")
        .formatted(party.url("/beacon"), auth, method);
  }

  /// The connector behind it, at `/v1/connectors`.
  private JsonNode connector() {
    JsonNode all = hub.client().get("/v1/connectors").json().get("data");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private Answer patch(String patch) {
    Answer answer = hub.client().patch("/v1/connectors/" + connector().get("id").asString(), patch);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  private String event(String type, String data) {
    Answer answer =
        hub.client().post("/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private String beacon() {
    return event("beacon.detected", "{\"beacon\":\"b-17\",\"user\":{\"id\":7}}");
  }

  private JsonNode delivery(String event) {
    JsonNode all = hub.client().get("/v1/deliveries?event=" + event).json().get("data");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private JsonNode awaited(String event, String state) {
    TestHub.await(
        event + " is " + state, () -> delivery(event).get("state").asString().equals(state));
    return delivery(event);
  }

  @Test
  @DisplayName("2-01 2-02 2-03 each beacon that is detected is one call of the one connector")
  void eachBeaconIsOneCall() {
    good(put(body("header", "POST")));
    String event = beacon();
    awaited(event, "SUCCEEDED");
    awaited(event("beacon.detected", "{}"), "SUCCEEDED");
    assertThat(
            hub.client()
                .post("/v1/events", "{\"type\":\"beacon.lost\",\"data\":{}}")
                .json()
                .get("deliveries")
                .asInt())
        .isZero();

    List<Received> calls = party.received("/beacon");
    assertThat(calls).hasSize(2);
    JsonNode sent = JSON.readTree(calls.getFirst().text());
    assertThat(sent.get("id").asString()).isEqualTo(event);
    assertThat(sent.get("type").asString()).isEqualTo("beacon.detected");
    assertThat(sent.at("/data/beacon").asString()).isEqualTo("b-17");

    // Other campaigns are other triggers of the same connector.
    patch("{\"triggers\":[{\"eventType\":\"beacon.*\"}]}");
    good(put(body("header", "POST")));
    awaited(event("beacon.lost", "{}"), "SUCCEEDED");
    assertThat(party.received("/beacon")).hasSize(3);
  }

  @Test
  @DisplayName("2-04 the data reaches the other API, and its answer decides")
  void theAnswerDecides() {
    good(put(body("header", "POST")));
    patch(
        """
        {"response":{"type":"json","key":"segment","extract":[{"name":"push","path":"push"}]},
         "rules":[{"name":"not meant","when":{"body":{"push":false}},"then":"IGNORE"}]}
        """);
    party.on(
        "/beacon",
        ThirdParty.Answer.status(200)
            .body("application/json", "{\"segment\":\"gold\",\"push\":true}".getBytes(UTF_8)),
        ThirdParty.Answer.status(200)
            .body("application/json", "{\"segment\":\"none\",\"push\":false}".getBytes(UTF_8)));

    JsonNode gold = awaited(beacon(), "SUCCEEDED");
    assertThat(gold.get("result").asString()).isEqualTo("gold");
    assertThat(awaited(beacon(), "IGNORED").get("result").asString()).isEqualTo("none");
    assertThat(JSON.readTree(party.received("/beacon").getFirst().text()).at("/data/user/id"))
        .isEqualTo(JSON.readTree("7"));
  }

  @Test
  @DisplayName("2-05 2-10 2-11 2-12 GET gives back what PUT stored, 404 before the first")
  void getGivesBackWhatPutStored() {
    Answer before = client().get(PATH);
    assertThat(before.status()).isEqualTo(404);
    assertThat(before.text()).contains("PUT");

    Answer made = put(body("header", "post"));
    JsonNode stored = good(made);
    assertThat(stored.propertyNames())
        .containsExactly("id", "name", "url", "auth", "method", "parameters");
    assertThat(stored.get("id").isIntegralNumber()).isTrue();
    assertThat(stored.get("auth").asString()).isEqualTo("header");
    assertThat(stored.get("method").asString()).isEqualTo("post");
    assertThat(stored.get("parameters").isString()).isTrue();
    JsonNode pairs = JSON.readTree(stored.get("parameters").asString());
    assertThat(pairs.get(0))
        .isEqualTo(JSON.readTree("{\"key\":\"Authentication\",\"value\":\"23533TT3Y64F24\"}"));
    assertThat(made.text()).contains("\"url\":\"http:\\/\\/127.0.0.1");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(client().get(PATH).body()).isEqualTo(made.body());

    JsonNode changed = good(put(body("GET", "GET").replace("My company CRM", "Other")));
    assertThat(changed.get("name").asString()).isEqualTo("Other");
    assertThat(changed.get("auth").asString()).isEqualTo("GET");
    assertThat(changed.get("id")).isEqualTo(stored.get("id"));
    hub.restart();
    assertThat(good(client().get(PATH))).isEqualTo(changed);
    assertThat(connector().get("revision").asInt()).isEqualTo(2);
    JsonNode revision =
        hub.client()
            .get("/v1/connectors/" + connector().get("id").asString() + "/revisions")
            .json()
            .at("/data/0");
    assertThat(revision.toString()).contains("Campaigns");
  }

  @Test
  @DisplayName("2-06 2-07 2-08 wrong or missing key or token: 401, the same for each")
  void withoutKeyAndTokenNothingIsGiven() {
    good(put(body("header", "POST")));
    String nobodys =
        hub.client()
            .post("/v1/api-keys", "{\"name\":\"k\",\"role\":\"admin\"}")
            .json()
            .get("key")
            .asString();
    HubClient plain = hub.client().withKey(null);
    List<HubClient> wrong =
        List.of(
            plain,
            plain.with("x-bealder-key", EMAIL),
            plain.with("x-bealder-token", token),
            plain.with("Authorization", "Bearer " + token),
            hub.client(),
            hub.client().withEmail("other@bealder.com", token),
            hub.client().withEmail("", token),
            hub.client().withEmail(EMAIL, "ec311746cf596d94cabea9f9d261eb3a"),
            hub.client().withEmail(EMAIL, nobodys),
            hub.client().withEmail("", nobodys),
            hub.client().withEmail(EMAIL, TestHub.OPERATOR_KEY));
    byte[] first = plain.get(PATH).body();
    for (HubClient one : wrong) {
      Answer answer = one.get(PATH);
      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(first);
      assertThat(one.put(PATH, body("get", "GET")).status()).isEqualTo(401);
    }
    assertThat(good(client().get(PATH)).get("auth").asString()).isEqualTo("header");
    assertThat(hub.client().withEmail("Example@BEALDER.com", token).get(PATH).status())
        .isEqualTo(200);
    for (String role : List.of("ingest", "viewer")) {
      HubClient weak = hub.client().withEmail(EMAIL, key(role, EMAIL));
      assertThat(weak.get(PATH).status()).isEqualTo(403);
      assertThat(weak.put(PATH, body("get", "GET")).status()).isEqualTo(403);
    }
    // The key opens everything else as well, by its role.
    assertThat(hub.client().withKey(token).get("/v1/connectors").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("2-06 2-07 a key shows the connector of its own tenant")
  void aTenantHasItsOwn() {
    good(put(body("header", "POST")));
    var _ = hub.client().post("/v1/tenants", "{\"id\":\"acme\"}");
    String acmes =
        hub.client()
            .forTenant("acme")
            .post(
                "/v1/api-keys",
                "{\"name\":\"k\",\"role\":\"admin\",\"email\":\"%s\"}".formatted(EMAIL))
            .json()
            .get("key")
            .asString();
    HubClient acme = hub.client().withEmail(EMAIL, acmes);
    assertThat(acme.get(PATH).status()).isEqualTo(404);
    good(acme.put(PATH, body("get", "GET")));
    assertThat(good(client().get(PATH)).get("auth").asString()).isEqualTo("header");
    assertThat(client().with("Fairlead-Tenant", "acme").get(PATH).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("2-09 2-19 2-21 the manual's requests work as printed, and the example comes back")
  void theManualsRequestsWorkAsPrinted() {
    HubClient asPrinted = client().with("content-Type", "application/json");
    Answer answer = asPrinted.send("PUT", PATH, null, MANUAL.getBytes(UTF_8));
    JsonNode expected = JSON.readTree(MANUAL.replace("},\n   {", "},\\n   {"));
    assertThat(good(answer)).isEqualTo(expected);
    assertThat(answer.text()).contains("\"url\":\"http:\\/\\/.api.mycompany.com\\/beacon\"");
    assertThat(good(asPrinted.get(PATH))).isEqualTo(expected);
    hub.restart();
    assertThat(good(client().get(PATH))).isEqualTo(expected);

    // Line breaks in strings are taken at this route only.
    Answer elsewhere =
        hub.client().post("/v1/connectors", "{\"name\":\"A\nB\",\"url\":\"https://a.example/\"}");
    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.text()).contains("not valid JSON");
  }

  @Test
  @DisplayName("2-13 2-14 2-15 2-16 2-17 2-18 each missing field is named, and all are strings")
  void eachMissingFieldIsNamed() {
    Answer nothing = client().send("PUT", PATH, "application/json", new byte[0]);
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.faults())
        .containsExactlyInAnyOrder("/name", "/url", "/method", "/parameters", "/auth");
    for (String field : List.of("name", "url", "method", "parameters", "auth")) {
      var body = (tools.jackson.databind.node.ObjectNode) JSON.readTree(body("header", "POST"));
      body.remove(field);
      Answer missing = put(body.toString());
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.faults()).containsExactly("/" + field);
      assertThat(missing.text()).contains(field + " is missing.");
      for (String wrong : List.of("7", "true", "null", "[]", "{}", "\"\"")) {
        body.set(field, JSON.readTree(wrong));
        Answer answer = put(body.toString());
        assertThat(answer.status()).as("%s %s", field, wrong).isEqualTo(400);
        assertThat(answer.faults()).as("%s %s", field, answer).containsExactly("/" + field);
      }
    }
    assertThat(client().get(PATH).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("2-15 2-16 2-17 what cannot be meant is refused by name, without quoting secrets")
  void whatCannotBeMeantIsRefused() {
    record Wrong(String field, String value, String sentence) {}
    String twoEqual =
        "[{\\\"key\\\":\\\"k\\\",\\\"value\\\":\\\"s3cret-1\\\"},{\\\"key\\\":\\\"k\\\",\\\"value\\\":\\\"s3cret-2\\\"}]";
    for (Wrong wrong :
        List.of(
            new Wrong("method", "PATCH", "is POST or GET"),
            new Wrong("auth", "query", "is header or get"),
            new Wrong("url", "ftp://a.example/", "Expected https:// or http://"),
            new Wrong("url", "http://..a.example/", "Expected a host"),
            new Wrong("name", "two\\nlines", "line breaks"),
            new Wrong("parameters", "key=s3cret", "is a text of JSON"),
            new Wrong("parameters", "{\\\"key\\\":\\\"s3cret\\\"}", "is a text of JSON"),
            new Wrong("parameters", "[{\\\"key\\\":\\\"s3cret\\\"}]", "pair 1 is not of the form"),
            new Wrong(
                "parameters",
                "[{\\\"key\\\":\\\"k\\\",\\\"value\\\":\\\"s3cret\\\",\\\"in\\\":\\\"body\\\"}]",
                "pair 1 is not of the form"),
            new Wrong(
                "parameters", "[{\\\"key\\\":\\\"k\\\",\\\"value\\\":3}]", "pair 1 is not of the"),
            new Wrong("parameters", twoEqual, "in pair 2, There is a parameter"),
            new Wrong(
                "parameters",
                "[{\\\"key\\\":\\\"Host\\\",\\\"value\\\":\\\"s3cret\\\"}]",
                "in pair 1, "))) {
      String body =
          body("header", "POST")
              .replaceFirst(
                  "\"%s\":\"(\\\\\"|[^\"])*\"".formatted(wrong.field()),
                  java.util.regex.Matcher.quoteReplacement(
                      "\"%s\":\"%s\"".formatted(wrong.field(), wrong.value())));
      Answer answer = put(body);
      assertThat(answer.status()).as("%s: %s", body, answer).isEqualTo(400);
      assertThat(answer.faults()).containsOnly("/" + wrong.field());
      assertThat(answer.text()).contains(wrong.sentence()).doesNotContain("s3cret");
    }
    // What the manual does not list is passed over, as `id` is in its own example.
    good(put(body("header", "POST").replaceFirst("\\{", "{\"enabled\":true,\"id\":null,")));
  }

  @Test
  @DisplayName("2-17 2-20 parameters in headers or in the query, with POST and with GET")
  void parametersAreSentInHeadersOrInTheQuery() {
    for (String auth : List.of("header", "HEADER", "get", "GET")) {
      for (String method : List.of("POST", "GET")) {
        int before = party.received("/beacon").size();
        good(put(body(auth, method)));
        awaited(beacon(), "SUCCEEDED");
        List<Received> calls = party.received("/beacon");
        assertThat(calls).hasSize(before + 1);
        Received call = calls.getLast();
        assertThat(call.method()).isEqualTo(method);
        if (auth.equalsIgnoreCase("header")) {
          assertThat(call.target()).isEqualTo("/beacon");
          assertThat(call.header("Authentication")).isEqualTo("23533TT3Y64F24");
          assertThat(call.header("E-mail")).isEqualTo("a&b@bealder.com");
        } else {
          assertThat(call.target())
              .isEqualTo("/beacon?Authentication=23533TT3Y64F24&E%20mail=a%26b%40bealder.com");
          assertThat(call.header("Authentication")).isNull();
        }
        assertThat(call.body().length > 0).isEqualTo(method.equals("POST"));
      }
    }
    // The log and /v1 show none of it.
    assertThat(hub.client().get("/v1/connectors").text()).doesNotContain("23533TT3Y64F24");
    JsonNode last = hub.client().get("/v1/deliveries?limit=1").json().at("/data/0");
    JsonNode attempts =
        hub.client().get("/v1/deliveries/" + last.get("id").asString()).json().get("attempts");
    String attempt = hub.client().get("/v1/attempts/" + attempts.at("/0/id").asString()).text();
    assertThat(attempt).contains("Authentication=***").doesNotContain("23533TT3Y64F24");
  }

  @Test
  @DisplayName("2-21 the example's URL is stored, its calls fail at once, and a note says why")
  void theOddUrlIsStored() {
    good(put(MANUAL));
    JsonNode connector = connector();
    assertThat(connector.get("url").asString()).isEqualTo("http://.api.mycompany.com/beacon");
    assertThat(connector.at("/notes/0").asString())
        .contains(".api.mycompany.com", "begins with a dot");
    JsonNode failed = awaited(beacon(), "FAILED");
    assertThat(failed.get("lastErrorClass").asString()).isEqualTo("RENDER");
    assertThat(failed.get("lastError").asString()).contains(".api.mycompany.com");
    assertThat(failed.get("attemptCount").asInt()).isEqualTo(1);
    hub.restart();
    assertThat(awaited(beacon(), "FAILED").get("lastErrorClass").asString()).isEqualTo("RENDER");
    String id = connector.get("id").asString();
    JsonNode dry =
        hub.client().post("/v1/connectors/" + id + "/test", "{\"data\":{},\"dryRun\":true}").json();
    assertThat(dry.toString()).contains("begins with a dot");

    // Other settings change around it; only this API stores such a URL anew.
    patch("{\"policy\":{\"timeout\":\"5s\"}}");
    assertThat(connector().get("url").asString()).isEqualTo("http://.api.mycompany.com/beacon");
    Answer refused =
        hub.client().patch("/v1/connectors/" + id, "{\"url\":\"http://.other.example/\"}");
    assertThat(refused.faults()).contains("/url");
    Answer made =
        hub.client()
            .post(
                "/v1/connectors",
                "{\"name\":\"n\",\"method\":\"POST\",\"url\":\"http://.api.mycompany.com/beacon\"}");
    assertThat(made.faults()).containsExactly("/url");

    // Another host needs the secrets again there, and has them here.
    String right = party.url("/beacon");
    Answer kept = hub.client().patch("/v1/connectors/" + id, "{\"url\":\"%s\"}".formatted(right));
    assertThat(kept.status()).isEqualTo(400);
    assertThat(kept.text()).contains("has to be sent again");
    good(put(body("get", "POST")));
    assertThat(connector().get("notes")).isEmpty();
    awaited(beacon(), "SUCCEEDED");
  }

  @Test
  @DisplayName("2-12 what is changed at /v1/connectors shows here, and the other way round")
  void itIsAViewOnAnOrdinaryConnector() {
    good(put(body("header", "POST")));
    patch(
        """
        {"name":"Renamed","method":"PUT","url":"%s",
         "headers":[{"name":"X-Campaign","value":"{{beacon}}"}]}
        """
            .formatted(party.url("/elsewhere")));
    JsonNode shown = good(client().get(PATH));
    assertThat(shown.get("name").asString()).isEqualTo("Renamed");
    assertThat(shown.get("method").asString()).isEqualTo("PUT");
    assertThat(shown.get("url").asString()).isEqualTo(party.url("/elsewhere"));
    assertThat(shown.get("parameters").asString()).contains("23533TT3Y64F24");

    // Parameters that were changed there are shown as they are now.
    patch(
        """
        {"authorization":{"kind":"custom","parameters":[{"in":"query","name":"t","value":"new"}]}}
        """);
    shown = good(client().get(PATH));
    assertThat(shown.get("auth").asString()).isEqualTo("get");
    assertThat(shown.get("parameters").asString()).isEqualTo("[{\"key\":\"t\",\"value\":\"new\"}]");

    // A PUT here changes what it says, and leaves the rest.
    good(put(body("header", "POST")));
    awaited(beacon(), "SUCCEEDED");
    Received call = party.received("/beacon").getFirst();
    assertThat(call.header("X-Campaign")).isEqualTo("b-17");
    assertThat(call.header("Authentication")).isEqualTo("23533TT3Y64F24");

    // What does not go with the rest is refused, and says with what.
    patch("{\"body\":{\"type\":\"json\",\"fields\":[{\"name\":\"a\",\"value\":\"1\"}]}}");
    Answer refused = put(body("header", "GET"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("the connector's own body");
    Answer taken =
        hub.client()
            .post(
                "/v1/connectors",
                "{\"name\":\"Taken\",\"method\":\"POST\",\"url\":\"https://a.example/\"}");
    assertThat(taken.status()).isEqualTo(201);
    assertThat(put(body("header", "POST").replace("My company CRM", "Taken")).status())
        .isEqualTo(409);
  }

  @Test
  @DisplayName(
      "2-11 another kind of authorization is no parameters, which is said; a PUT replaces it")
  void anotherKindOfAuthorizationIsSaid() {
    good(put(body("header", "POST")));
    String shared =
        hub.client()
            .post(
                "/v1/authorizations",
                """
                {"name":"Shared","kind":"custom","hosts":["%s"],
                 "parameters":[{"in":"header","name":"k","value":"hidden-value"}]}
                """
                    .formatted(party.url("")))
            .json()
            .get("id")
            .asString();
    for (String other :
        List.of(
            "{\"kind\":\"bearer\",\"token\":\"hidden-value\",\"parameters\":null}",
            "{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"hidden-value\",\"parameters\":null}",
            "{\"kind\":\"custom\",\"parameters\":[{\"in\":\"header\",\"name\":\"a\",\"value\":\"hidden-value\"},"
                + "{\"in\":\"query\",\"name\":\"b\",\"value\":\"hidden-value\"}]}",
            "{\"id\":\"%s\"}".formatted(shared))) {
      patch("{\"authorization\":%s}".formatted(other));
      Answer answer = client().get(PATH);
      assertThat(answer.status()).as("%s", answer).isEqualTo(409);
      assertThat(answer.text())
          .contains("which this API cannot show", connector().get("id").asString())
          .doesNotContain("hidden-value");
      assertThat(good(put(body("header", "POST"))).get("auth").asString()).isEqualTo("header");
    }
    patch("{\"authorization\":null}");
    JsonNode none = good(client().get(PATH));
    assertThat(none.get("parameters").asString()).isEqualTo("[]");
    assertThat(none.get("auth").asString()).isEqualTo("header");
    none =
        good(put(body("GET", "POST").replaceFirst("\"parameters\":.*", "\"parameters\":\"[ ]\"}")));
    assertThat(none.get("parameters").asString()).isEqualTo("[ ]");
    assertThat(connector().get("authorization").isNull()).isTrue();
  }

  @Test
  @DisplayName("2-05 2-12 after it was deleted GET is 404, and a PUT makes another")
  void afterItWasDeletedAPutMakesAnother() {
    good(put(MANUAL));
    String first = connector().get("id").asString();
    assertThat(hub.client().delete("/v1/connectors/" + first).status()).isEqualTo(204);
    assertThat(client().get(PATH).status()).isEqualTo(404);
    JsonNode made = good(put(body("header", "POST")));
    assertThat(made.get("id").asInt()).isEqualTo(1);
    assertThat(connector().get("id").asString()).isNotEqualTo(first);
    assertThat(good(client().get(PATH))).isEqualTo(made);
  }

  @Test
  @DisplayName("2-12 2-23 disabled it stays; a PUT with new secrets sets a halted one going again")
  void disabledItStays() {
    good(put(body("header", "POST")));
    patch("{\"active\":false}");
    good(put(body("header", "POST")));
    assertThat(connector().get("active").asBoolean()).isFalse();
    String held = beacon();
    assertThat(delivery(held).get("state").asString()).isEqualTo("HELD");
    String id = connector().get("id").asString();
    assertThat(hub.client().post("/v1/connectors/" + id + "/activate").status()).isEqualTo(200);
    awaited(held, "SUCCEEDED");

    patch("{\"rules\":[{\"when\":{\"status\":\"401\"},\"then\":\"AUTH_EXPIRED\"}]}");
    party.on("/beacon", ThirdParty.Answer.status(401), ThirdParty.Answer.ok());
    String refused = beacon();
    TestHub.await(
        "it needs secrets", () -> connector().get("state").asString().equals("NEEDS_AUTH"));
    good(put(body("header", "POST").replace("23533TT3Y64F24", "renewed")));
    awaited(refused, "SUCCEEDED");
    assertThat(requireNonNull(party.received("/beacon").getLast().header("Authentication")))
        .isEqualTo("renewed");
  }

  @Test
  @DisplayName("2-23 its trigger has the ordinary dates, times, weekdays and least delay")
  void itsTriggerHasTheOrdinaryWindows() {
    good(put(body("header", "POST")));
    patch(
        """
        {"triggers":[{"eventType":"beacon.detected","leastDelay":"10m","delayKey":"{{user.id}}",
          "window":{"weekdays":["MON","FRI"],"from":"09:00","to":"17:30","zone":"Europe/Oslo",
                    "firstDate":"2026-03-06","lastDate":"2026-03-09"}}]}
        """);
    awaited(beacon(), "SUCCEEDED");
    assertThat(delivery(beacon()).get("state").asString()).isEqualTo("SUPPRESSED");

    clock.advance(Duration.ofHours(2));
    good(put(body("header", "POST")));
    String late = beacon();
    assertThat(delivery(late).get("nextAttemptAt").asString())
        .isEqualTo("2026-03-09T08:00:00.000Z");
    clock.advance(
        Duration.between(
            Instant.ofEpochMilli(clock.millis()), Instant.parse("2026-03-09T08:00:00Z")));
    awaited(late, "SUCCEEDED");
    clock.advance(Duration.ofDays(4));
    assertThat(delivery(beacon()).get("state").asString()).isEqualTo("SUPPRESSED");
    assertThat(party.received("/beacon")).hasSize(2);
  }
}
