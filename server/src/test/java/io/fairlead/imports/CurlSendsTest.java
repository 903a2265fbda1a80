package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What curl 7.88.1 sent for a hundred commands was recorded from a socket, and stands in
/// `curl-commands.json`: an imported connector sends the same method, target, body and headers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CurlSendsTest {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  private TestHub hub;
  private HubClient client;
  private ThirdParty party;
  private int made;

  @BeforeAll
  void start() throws IOException {
    party = ThirdParty.open();
    hub = TestHub.start(Dialect.SQLITE);
    client = hub.client();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  static List<Recorded> commands() throws IOException {
    var commands = new ArrayList<Recorded>();
    try (InputStream in =
        Objects.requireNonNull(CurlSendsTest.class.getResourceAsStream("curl-commands.json"))) {
      for (JsonNode one : JsonMapper.shared().readTree(in)) {
        var headers = new ArrayList<String>();
        one.get("headers")
            .forEach(
                header -> headers.add(header.get(0).asString() + ": " + header.get(1).asString()));
        commands.add(
            new Recorded(
                one.get("command").asString(),
                one.get("method").asString(),
                one.get("target").asString(),
                headers,
                one.get("body").asString()));
      }
    }
    return commands;
  }

  /// What curl sent.
  ///
  /// @param headers those that options had set, with `BOUNDARY` for the boundary of a body of parts
  record Recorded(String command, String method, String target, List<String> headers, String body) {
    @Override
    public String toString() {
      return command;
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void sendsWhatCurlSends(Recorded expected) {
    String command = expected.command.replace("third.party:8080", "127.0.0.1:" + party.port());
    ObjectNode request = JsonMapper.shared().createObjectNode().put("curl", command);
    Answer imported = client.post("/v1/connectors/import", request.toString());
    assertThat(imported.status()).as("%s", imported).isEqualTo(200);

    Received received = sent((ObjectNode) imported.json().get("connector"));

    assertThat(received.method()).isEqualTo(expected.method);
    assertThat(received.target()).isEqualTo(expected.target);
    String boundary = boundary(received);
    for (String header : expected.headers) {
      String name = header.substring(0, header.indexOf(':'));
      String value = header.substring(name.length() + 1).strip();
      if (value.startsWith("multipart/form-data")) {
        assertThat(received.header(name)).startsWith("multipart/form-data");
      } else {
        assertThat(received.all(name)).as(name).contains(value);
      }
    }
    if (boundary != null) {
      assertThat(parts(received.text(), boundary)).isEqualTo(parts(expected.body, "BOUNDARY"));
    } else {
      assertThat(received.text()).isEqualTo(expected.body);
    }
  }

  /// Saves a connector, sends it one event, and gives what it called with.
  private Received sent(ObjectNode connector) {
    String type = "curl." + ++made;
    connector.put("name", connector.get("name").asString() + " " + made);
    connector.putArray("triggers").addObject().put("eventType", type);
    Answer saved = client.post("/v1/connectors", connector.toString());
    assertThat(saved.status()).as("%s", saved).isEqualTo(201);
    int before = party.received().size();
    var event = JsonMapper.shared().createObjectNode().put("type", type);
    event.putObject("data");
    assertThat(client.post("/v1/events", event.toString()).status()).isEqualTo(202);
    TestHub.await("the call has come", () -> party.received().size() > before);
    return party.received().getLast();
  }

  private static @Nullable String boundary(Received received) {
    String type = received.all("Content-Type").stream().findFirst().orElse("");
    var matcher = BOUNDARY.matcher(type);
    return type.startsWith("multipart/") && matcher.find() ? matcher.group(1) : null;
  }

  /// Each part as its headers in order of name, an empty line and its content.
  private static List<String> parts(String body, String boundary) {
    var parts = new ArrayList<String>();
    for (String part : body.split(Pattern.quote("--" + boundary), -1)) {
      int end = part.indexOf("\r\n\r\n");
      if (end >= 0) {
        List<String> headers =
            part.substring(2, end)
                .lines()
                .map(line ->
                    line.replaceFirst("^[^:]*", line.split(":", 2)[0].toLowerCase(Locale.ROOT)))
                .sorted()
                .toList();
        parts.add(String.join("\n", headers) + "\n\n" + part.substring(end + 4));
      }
    }
    return parts;
  }
}
