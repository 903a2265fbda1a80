package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.base.Clock;
import io.fairlead.storage.Dialect;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A hub, a third party, and commands that are bound to it and run.
public final class RunBench implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  public final TestHub hub;
  public final ThirdParty party = ThirdParty.open();
  public final HubClient client;

  private RunBench(TestHub hub) {
    this.hub = hub;
    this.client = hub.client();
  }

  public static RunBench open(Dialect dialect) {
    return new RunBench(TestHub.start(dialect));
  }

  public static RunBench open(Dialect dialect, Clock clock) {
    return new RunBench(TestHub.start(dialect, clock));
  }

  /// Makes a command of the operator's.
  ///
  /// @param answer e.g. `{"type":"nothing"}`
  public void command(String name, String inputs, String answer) {
    Answer made =
        client.post(
            "/v1/commands",
            "{\"name\":\"%s\",\"sentence\":\"For a test.\",\"inputs\":%s,\"answer\":%s}"
                .formatted(name, inputs, answer));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  /// Binds a command to GETs of the third party, one after the other.
  ///
  /// @param paths with tokens
  public void bind(String command, String... paths) {
    String targets =
        Arrays.stream(paths)
            .map(path -> "{\"method\":\"GET\",\"url\":\"" + party.url(path) + "\"}")
            .collect(Collectors.joining(","));
    bindTo(command, "\"targets\":[" + targets + "]");
  }

  /// Binds a command.
  ///
  /// @param members of the binding, as JSON
  public void bindTo(String command, String members) {
    Answer bound = client.put("/v1/commands/" + command + "/binding", "{" + members + "}");
    assertThat(bound.status()).as("%s", bound).isIn(200, 201);
  }

  /// Runs a command.
  ///
  /// @param inputs as JSON
  public Answer run(String command, String inputs) {
    return client.post("/v1/commands/" + command + "/run", "{\"inputs\":" + inputs + "}");
  }

  /// Runs GetInvoiceImage.
  public Answer invoice(String number) {
    return run("GetInvoiceImage", JSON.createObjectNode().put("InvoiceNumber", number).toString());
  }

  /// The run of an answer, once it is in the log.
  public JsonNode logged(Answer answer) {
    return logged(String.valueOf(answer.header("Fairlead-Run")));
  }

  /// A run, once it is in the log.
  public JsonNode logged(String run) {
    TestHub.await(run + " is logged", () -> client.get("/v1/runs/" + run).status() == 200);
    return client.get("/v1/runs/" + run).json();
  }

  @Override
  public void close() {
    hub.close();
    party.close();
  }
}
