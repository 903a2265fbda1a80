package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource(Dialect.class)
final class RevisionTest {
  private static final String FIRST =
      """
      {"name":"A","method":"POST","url":"https://a.example/{{x}}",
       "headers":[{"name":"X-A","value":"1"}],
       "authorization":{"kind":"bearer","token":"tok-1-very-secret"}}
      """;

  private final Dialect dialect;
  private TestHub hub;
  private HubClient client;
  private String path;

  RevisionTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect);
    client = hub.client();
    path = "/v1/connectors/" + good(client.post("/v1/connectors", FIRST)).get("id").asString();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static JsonNode good(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    return answer.json();
  }

  private List<Integer> numbers(String query) {
    var numbers = new ArrayList<Integer>();
    good(client.get(path + "/revisions" + query))
        .get("data")
        .forEach(row -> numbers.add(row.get("revision").asInt()));
    return numbers;
  }

  private List<String> changes(int number, String query) {
    var changes = new ArrayList<String>();
    good(client.get(path + "/revisions/" + number + "/diff" + query))
        .get("changes")
        .forEach(change -> changes.add(change.toString()));
    return changes;
  }

  @Test
  void everySaveIsOne() {
    var _ = good(client.patch(path, "{\"url\":\"https://a.example/{{y}}\"}"));
    var _ = good(client.post(path + "/disable"));
    var _ = good(client.post(path + "/disable"));
    var _ = good(client.post(path + "/activate"));
    var _ = good(client.put(path, FIRST.replace("\"X-A\"", "\"X-B\"")));
    assertThat(numbers("")).containsExactly(5, 4, 3, 2, 1);
    assertThat(numbers("?sort=createdAt")).containsExactly(1, 2, 3, 4, 5);

    JsonNode page = good(client.get(path + "/revisions?limit=2"));
    assertThat(page.get("total").asInt()).isEqualTo(5);
    assertThat(numbers("?limit=2&cursor=" + page.get("next").asString())).containsExactly(3, 2);

    assertThat(changes(2, ""))
        .containsExactly(
            "{\"pointer\":\"/url\",\"before\":\"https://a.example/{{x}}\","
                + "\"after\":\"https://a.example/{{y}}\"}");
    assertThat(changes(3, ""))
        .containsExactly("{\"pointer\":\"/active\",\"before\":true,\"after\":false}");
    assertThat(changes(5, "?with=1"))
        .containsExactly("{\"pointer\":\"/headers/0/name\",\"before\":\"X-A\",\"after\":\"X-B\"}");
    assertThat(changes(1, "")).isNotEmpty().allMatch(change -> !change.contains("before"));
  }

  @Test
  void itSaysWhoMadeIt() {
    JsonNode key =
        good(client.post("/v1/api-keys", "{\"name\":\"Console\",\"role\":\"power_user\"}"));
    var _ = good(client.withKey(key.get("key").asString()).patch(path, "{\"name\":\"B\"}"));
    JsonNode rows = good(client.get(path + "/revisions")).get("data");
    assertThat(rows.at("/0/madeBy/apiKey").asString()).isEqualTo(key.get("id").asString());
    assertThat(rows.at("/0/madeBy/name").asString()).isEqualTo("Console");
    assertThat(rows.at("/0/current").asBoolean()).isTrue();
    assertThat(rows.at("/1/madeBy/name").asString()).isEqualTo("operator");
    assertThat(rows.at("/1/name").asString()).isEqualTo("A");
  }

  @Test
  void restoringMakesANewRevisionAndLeavesItSwitchedAsItIs() {
    var _ = good(client.patch(path, "{\"name\":\"B\",\"headers\":[],\"active\":false}"));
    JsonNode back = good(client.post(path + "/revisions/1/restore"));
    assertThat(back.get("revision").asInt()).isEqualTo(3);
    assertThat(back.get("name").asString()).isEqualTo("A");
    assertThat(back.get("active").asBoolean()).isFalse();
    assertThat(back.at("/authorization/token/set").asBoolean()).isTrue();
    assertThat(changes(3, "?with=1"))
        .containsExactly("{\"pointer\":\"/active\",\"before\":true,\"after\":false}");
  }

  @Test
  void goingBackToAnotherHostNeedsTheSecretAgain() {
    String moved = "{\"url\":\"https://b.example/\",\"authorization\":{\"token\":\"tok-2\"}}";
    var _ = good(client.patch(path, moved));
    Answer refused = client.post(path + "/revisions/1/restore");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.faults()).containsExactly("/authorization/token");
    assertThat(refused.text()).contains("has to be sent again");
    JsonNode back =
        good(
            client.post(
                path + "/revisions/1/restore", "{\"authorization\":{\"token\":\"tok-1\"}}"));
    assertThat(back.get("url").asString()).isEqualTo("https://a.example/{{x}}");
  }

  @Test
  void goingBackToAnotherKindNeedsItsSecret() {
    String basic =
        "{\"authorization\":{\"kind\":\"basic\",\"username\":\"u\",\"password\":\"p\",\"token\":null}}";
    var _ = good(client.patch(path, basic));
    Answer refused = client.post(path + "/revisions/1/restore");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.faults()).containsExactly("/authorization/token");
  }

  @Test
  void aNameThatWasGivenAwayIsNotTakenBack() {
    var _ = good(client.patch(path, "{\"name\":\"B\"}"));
    var _ = good(client.post("/v1/connectors", FIRST));
    assertThat(client.post(path + "/revisions/1/restore").status()).isEqualTo(409);
  }

  @Test
  void aStaleReaderRestoresNothing() {
    var _ = good(client.patch(path, "{\"name\":\"B\"}"));
    Answer stale = client.with("If-Match", "\"1\"").post(path + "/revisions/1/restore");
    assertThat(stale.status()).isEqualTo(412);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String number : List.of("0", "7", "x", "01", "99999999999999999999")) {
      assertThat(client.get(path + "/revisions/" + number).status()).as(number).isEqualTo(404);
      assertThat(client.post(path + "/revisions/" + number + "/restore").status()).isEqualTo(404);
    }
    assertThat(client.get(path + "/revisions/1/diff?with=9").status()).isEqualTo(404);
    assertThat(client.get(path + "/revisions/1/diff?with=0").status()).isEqualTo(400);
    var _ = client.post("/v1/tenants", "{\"id\":\"acme\"}");
    assertThat(client.forTenant("acme").get(path + "/revisions").status()).isEqualTo(404);
  }

  @Test
  void theyGoWithTheirConnector() {
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.get(path + "/revisions").status()).isEqualTo(404);
  }

  @Test
  void theyHaveNoSecrets() {
    var _ = good(client.patch(path, "{\"authorization\":{\"token\":\"tok-2-very-secret\"}}"));
    for (int number : new int[] {1, 2}) {
      assertThat(client.get(path + "/revisions/" + number).text()).doesNotContain("very-secret");
    }
  }

  @Test
  void theDatabaseHasNoSecretInTheClear() throws IOException {
    Path folder = Files.createTempDirectory("fairlead-test");
    try (var other = TestHub.start(folder, null)) {
      String made = good(other.client().post("/v1/connectors", FIRST)).get("id").asString();
      var _ =
          good(
              other
                  .client()
                  .patch(
                      "/v1/connectors/" + made,
                      "{\"authorization\":{\"token\":\"tok-2-very-secret\"}}"));
      var _ = good(other.client().post("/v1/connectors/" + made + "/revisions/1/restore"));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(bytes).as("%s", file).doesNotContain("very-secret");
        }
      }
    }
  }
}
