package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A hub, a third party, and connectors that call it: each gets the events of a type of its own.
final class ConnectorBench implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  final ThirdParty party = ThirdParty.open();
  final HubClient client = hub.client();
  private int made;

  /// A connector that was saved.
  record Made(String id, String eventType, JsonNode json) {}

  /// A document with a name, a trigger and a URL of the third party.
  ///
  /// @param path of the URL
  /// @param more members as JSON, in the form `"method": "POST", …`
  ObjectNode document(String path, String more) {
    made++;
    ObjectNode document = (ObjectNode) JSON.readTree("{" + more + "}");
    document.put("name", "Connector " + made).put("url", party.url(path));
    if (!document.has("method")) {
      document.put("method", "POST");
    }
    document.putArray("triggers").addObject().put("eventType", "type-" + made);
    return document;
  }

  /// Saves a connector.
  Made connector(String path, String more) {
    ObjectNode document = document(path, more);
    Answer answer = client.post("/v1/connectors", document.toString());
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    String type = document.at("/triggers/0/eventType").asString();
    return new Made(answer.json().get("id").asString(), type, answer.json());
  }

  /// Has a connector refused; what is wrong, by pointer.
  Map<String, String> refused(String path, String more) {
    Answer answer = client.post("/v1/connectors", document(path, more).toString());
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    var faults = new LinkedHashMap<String, String>();
    answer
        .json()
        .get("errors")
        .forEach(
            error -> faults.put(error.get("pointer").asString(), error.get("detail").asString()));
    return faults;
  }

  /// Sends an event to a connector; its id.
  String event(Made connector, String data) {
    Answer answer =
        client.post(
            "/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(connector.eventType(), data));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  /// What the third party gets first when such a connector is sent such an event.
  Received sent(String path, String more, String data) {
    Made connector = connector("/%d%s".formatted(made + 1, path), more);
    int before = party.received().size();
    var _ = event(connector, data);
    TestHub.await("a call came", () -> party.received().size() > before);
    return party.received().get(before);
  }

  /// The only delivery of a connector when it is in a state.
  JsonNode delivery(Made connector, String state) {
    String list = "/v1/deliveries?connector=" + connector.id();
    TestHub.await(
        "a delivery is " + state,
        () -> client.get(list).json().at("/data/0/state").asString("").equals(state));
    String id = client.get(list).json().at("/data/0/id").asString();
    return client.get("/v1/deliveries/" + id).json();
  }

  /// Why nothing was sent to a connector for such data.
  String renderError(String path, String more, String data) {
    Made connector = connector(path, more);
    int before = party.received().size();
    var _ = event(connector, data);
    JsonNode delivery = delivery(connector, "FAILED");
    assertThat(delivery.get("lastErrorClass").asString()).isEqualTo("RENDER");
    assertThat(party.received()).hasSize(before);
    return delivery.at("/attempts/0/error").asString();
  }

  @Override
  public void close() {
    hub.close();
    party.close();
  }
}
