package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Runs go on when the rest of the hub does not, and end when it does.
@DisplayName("Runs beside trouble")
final class RunOutageTest {
  @Test
  void aStoreThatIsAwayMakesNobodyWaitAndIsWrittenLater() {
    try (var bench = RunBench.open(Dialect.SQLITE)) {
      bench.command("GetJson", "[]", "{\"type\":\"json\"}");
      bench.party.on("/json", Answer.ok());
      bench.bind("GetJson", "/json");
      pragma(bench, "PRAGMA max_page_count = 1");
      HubClient.Answer last = bench.run("GetJson", "{}");
      for (int i = 0; i < 300; i++) {
        last = bench.run("GetJson", "{}");
        assertThat(last.status()).isEqualTo(200);
      }
      pragma(bench, "PRAGMA max_page_count = 1000000000");
      assertThat(bench.logged(last).get("outcome").asString()).isEqualTo("ANSWERED");
      TestHub.await(
          "all are logged", () -> bench.client.get("/v1/runs").json().get("total").asInt() == 301);
      assertThat(bench.client.get("/metrics").text())
          .contains("fairlead_command_runs_unlogged_total 0.0");
    }
  }

  private static void pragma(RunBench bench, String statement) {
    var _ = bench.hub.hub().database().write(handle -> handle.execute(statement));
  }

  @Test
  void aHubThatStopsEndsTheRunsUnderWay() throws Exception {
    try (var bench = RunBench.open(Dialect.SQLITE)) {
      bench.party.on("/hang", Answer.hang());
      bench.bind("GetInvoiceImage", "/hang");
      var run = CompletableFuture.supplyAsync(() -> bench.invoice("1"));
      var _ = bench.party.await("/hang", 1);
      bench.hub.restart();
      HubClient.Answer answer = run.get();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      var logged = bench.hub.client().get("/v1/runs/" + answer.header("Fairlead-Run")).json();
      assertThat(logged.get("outcome").asString()).isEqualTo("STOPPED");
    }
  }
}
