package io.fairlead;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What is found in the log after a command was run.
@DisplayName("The log of runs")
@ParameterizedClass
@EnumSource(Dialect.class)
final class RunLogTest {
  private static final byte[] PDF =
      "%PDF-1.7\nan invoice\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);

  private final Dialect dialect;
  private RunBench bench;

  RunLogTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    bench = RunBench.open(dialect);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void bindTwo(String more) {
    bench.party.on("/first", Answer.status(404).json("{\"seen\":\"tok-very-secret-1\"}"));
    bench.party.on("/second", Answer.status(200).body("application/pdf", PDF));
    bench.bindTo(
        "GetInvoiceImage",
        """
        %s "targets":[
          {"name":"old","method":"POST","url":"%s?n={{InvoiceNumber}}",
           "authorization":{"kind":"bearer","token":"tok-very-secret-1"},
           "body":{"type":"json","fields":[{"name":"n","value":"{{InvoiceNumber}}"}]}},
          {"name":"new","method":"GET","url":"%s"}]
        """
            .formatted(more, bench.party.url("/first"), bench.party.url("/second")));
  }

  @Test
  void everyTargetsRequestAndAnswerIsThereMasked() {
    bindTwo("");
    HubClient.Answer answer = bench.invoice("INV1");
    JsonNode run = bench.logged(answer);
    assertThat(run.get("command").asString()).isEqualTo("GetInvoiceImage");
    assertThat(run.get("outcome").asString()).isEqualTo("ANSWERED");
    assertThat(run.get("status").asInt()).isEqualTo(200);
    assertThat(run.get("contentType").asString()).isEqualTo("application/pdf");
    assertThat(run.get("size").asInt()).isEqualTo(PDF.length);
    assertThat(run.at("/askedBy/by").asString()).isEqualTo("operator");

    JsonNode first = run.at("/targets/0");
    assertThat(first.get("target").asString()).isEqualTo("old");
    assertThat(first.at("/request/method").asString()).isEqualTo("POST");
    assertThat(first.at("/request/url").asString()).endsWith("/first?n=INV1");
    assertThat(first.at("/request/body").asString()).isEqualTo("{\"n\":\"INV1\"}");
    assertThat(first.at("/request/headers").toString())
        .contains("Bearer ***", requireNonNull(answer.header("Fairlead-Run")));
    assertThat(first.get("status").asInt()).isEqualTo(404);
    assertThat(first.get("outcome").asString()).isEqualTo("IGNORE");
    assertThat(first.at("/response/body").asString()).isEqualTo("{\"seen\":\"***\"}");

    JsonNode second = run.at("/targets/1");
    assertThat(second.get("outcome").asString()).isEqualTo("SUCCESS");
    assertThat(second.at("/response/bodySize").asInt()).isEqualTo(PDF.length);
    assertThat(second.at("/response/body").asString()).isEmpty();
    assertThat(second.at("/response/truncated").asBoolean()).isTrue();
    assertThat(run.toString()).doesNotContain("tok-very-secret-1");
  }

  @Test
  void aDocumentIsKeptWhereTheBindingSaysSo() {
    bindTwo("\"keepDocuments\":true,");
    JsonNode kept = bench.logged(bench.invoice("INV1")).at("/targets/1/response");
    assertThat(kept.get("bodyEncoding").asString()).isEqualTo("base64");
    assertThat(Base64.getDecoder().decode(kept.get("body").asString())).isEqualTo(PDF);

    byte[] large = new byte[200_000];
    System.arraycopy(PDF, 0, large, 0, PDF.length);
    bench.party.on("/second", Answer.status(200).body("application/pdf", large));
    HubClient.Answer answer = bench.invoice("INV1");
    assertThat(answer.body()).isEqualTo(large);
    JsonNode cut = bench.logged(answer).at("/targets/1/response");
    assertThat(cut.get("truncated").asBoolean()).isTrue();
    assertThat(cut.get("bodySize").asInt()).isEqualTo(200_000);
    String body = cut.get("body").asString();
    byte[] bytes =
        cut.get("bodyEncoding").asString().equals("text")
            ? body.getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(body);
    assertThat(bytes).hasSize(64 << 10);
  }

  @Test
  void whoAskedIsThereAndOtherTenantsSeeNothing() {
    bindTwo("");
    HubClient.Answer key =
        bench.client.post("/v1/api-keys", "{\"name\":\"The portal\",\"role\":\"ingest\"}");
    HubClient portal = bench.client.withKey(key.json().get("key").asString());
    HubClient.Answer answer =
        portal.post(
            "/v1/commands/GetInvoiceImage/run", "{\"inputs\":{\"InvoiceNumber\":\"INV1\"}}");
    JsonNode run = bench.logged(answer);
    assertThat(run.at("/askedBy/by").asString()).isEqualTo("key");
    assertThat(run.at("/askedBy/key").asString()).isEqualTo(key.json().get("id").asString());
    assertThat(run.at("/askedBy/name").asString()).isEqualTo("The portal");
    String id = run.get("id").asString();
    assertThat(portal.get("/v1/runs").status()).as("it may run, not read").isEqualTo(403);
    var _ = bench.client.post("/v1/tenants", "{\"id\":\"acme\"}");
    HubClient acme = bench.client.forTenant("acme");
    assertThat(acme.get("/v1/runs/" + id).status()).isEqualTo(404);
    assertThat(acme.get("/v1/runs").json().get("total").asInt()).isZero();
    assertThat(
            acme.post(
                    "/v1/commands/GetInvoiceImage/run", "{\"inputs\":{\"InvoiceNumber\":\"INV1\"}}")
                .status())
        .as("its own binding is asked for")
        .isEqualTo(409);
  }

  @Test
  void isNarrowedByCommandOutcomeAndTime() {
    bindTwo("");
    var _ = bench.logged(bench.invoice("INV1"));
    bench.party.on("/second", Answer.status(500));
    HubClient.Answer failed = bench.invoice("INV2");
    String id = bench.logged(failed).get("id").asString();
    assertThat(bench.client.get("/v1/runs?outcome=FAILED").json().at("/data/0/id").asString())
        .isEqualTo(id);
    assertThat(bench.client.get("/v1/runs?outcome=ANSWERED").json().get("total").asInt())
        .isEqualTo(1);
    assertThat(bench.client.get("/v1/runs?command=GetInvoiceImage").json().get("total").asInt())
        .isEqualTo(2);
    assertThat(bench.client.get("/v1/runs?command=Other").json().get("total").asInt()).isZero();
    assertThat(bench.client.get("/v1/runs?to=2020-01-02T00:00:00Z").json().get("total").asInt())
        .isZero();
    JsonNode page = bench.client.get("/v1/runs?limit=1").json();
    assertThat(page.at("/data/0/id").asString()).isEqualTo(id);
    String next = page.get("next").asString();
    assertThat(bench.client.get("/v1/runs?limit=1&cursor=" + next).json().get("next").isNull())
        .isTrue();
    assertThat(bench.client.get("/v1/runs?outcome=REFUSED").status()).isEqualTo(400);
    assertThat(bench.client.get("/v1/runs?outcome=nonsense").status()).isEqualTo(400);
    assertThat(bench.client.get("/v1/runs/run_0000000000000").status()).isEqualTo(404);
    assertThat(bench.client.get("/v1/runs/nonsense").status()).isEqualTo(404);
  }

  @Test
  void staysOverARestart() {
    bindTwo("");
    HubClient.Answer answer = bench.invoice("INV1");
    bench.hub.restart();
    String id = String.valueOf(answer.header("Fairlead-Run"));
    assertThat(bench.hub.client().get("/v1/runs/" + id).status())
        .as("what was queued was written when it stopped")
        .isEqualTo(200);
  }
}
