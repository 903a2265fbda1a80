package io.fairlead;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Commands as they are run against third parties that behave, and that do not.
@DisplayName("Running a command")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n";

  private RunBench bench;

  @BeforeAll
  void start() {
    bench = RunBench.open(Dialect.SQLITE);
    bench.command("DoIt", "[{\"name\":\"Id\"}]", "{\"type\":\"nothing\"}");
    bench.command("GetJson", "[]", "{\"type\":\"json\"}");
    bench.command(
        "GetPage", "[]", "{\"type\":\"document\",\"contentTypes\":[\"text/*\",\"image/*\"]}");
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static Answer pdf(byte[] bytes) {
    return Answer.status(200).body("application/pdf", bytes);
  }

  private static byte[] document(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    byte[] start = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, bytes, 0, Math.min(size, start.length));
    return bytes;
  }

  private HubClient.Answer answered(Answer... answers) {
    bench.party.on("/r", answers);
    bench.bind("GetInvoiceImage", "/r");
    return bench.invoice("INV1");
  }

  private static String problem(HubClient.Answer answer) {
    return answer.json().get("type").asString().substring("https://fairlead.io/problems/".length());
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 4_095, 4_096, 4_097, 100_000, 20 << 20})
  void aDocumentComesThroughByteForByte(int size) {
    byte[] document = document(size);
    HubClient.Answer answer = answered(pdf(document));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(document);
    JsonNode run = bench.logged(answer);
    assertThat(run.get("outcome").asString()).isEqualTo("ANSWERED");
    assertThat(run.get("size").asLong()).isEqualTo(size);
    assertThat(run.at("/targets/0/response/bodySize").asLong()).isEqualTo(size);
    assertThat(run.at("/targets/0/response/body").asString()).as("it is not kept").isEmpty();
  }

  @Test
  void nothingOfTheThirdPartysHeadersGoesThrough() {
    HubClient.Answer answer =
        answered(
            Answer.status(201)
                .header("Set-Cookie", "session=1")
                .header("Access-Control-Allow-Origin", "*")
                .header("Refresh", "0; url=https://evil.example")
                .header("Content-Disposition", "attachment; filename=\"../../a\\\"\u00e4.exe\"")
                .header("X-Powered-By", "x")
                .body("application/pdf;x=y", document(50)));
    assertThat(answer.status()).isEqualTo(200);
    for (String gone :
        List.of("Set-Cookie", "Access-Control-Allow-Origin", "Refresh", "X-Powered-By")) {
      assertThat(answer.header(gone)).as(gone).isNull();
    }
    assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"a__.exe.pdf\"; filename*=UTF-8''a_%C3%A4.exe.pdf");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, <html><script>alert(1)</script></html>",
    "image/svg+xml, <svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "text/xml, <?xml version='1.0'?><a/>",
  })
  void whatABrowserMightRunIsAnAttachment(String type, String body) {
    bench.party.on("/page", Answer.status(200).body(type, body.getBytes(StandardCharsets.UTF_8)));
    bench.bind("GetPage", "/page");
    HubClient.Answer answer = bench.run("GetPage", "{}");
    assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=\"GetPage.");
    assertThat(answer.text()).isEqualTo(body);
  }

  @Test
  void aPageWithA200IsA502() {
    HubClient.Answer answer =
        answered(
            Answer.status(200)
                .body(
                    "application/pdf",
                    "<html><title>Log in</title>".getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(problem(answer)).isEqualTo("third-party-failed");
    assertThat(answer.json().get("detail").asString()).contains("an HTML page by its bytes");
    assertThat(answer.json().at("/thirdParty/status").asInt()).isEqualTo(200);
    assertThat(answer.json().at("/thirdParty/excerpt").asString())
        .isEqualTo("<html><title>Log in</title>");
    JsonNode run = bench.logged(answer);
    assertThat(run.get("outcome").asString()).isEqualTo("FAILED");
    assertThat(run.at("/targets/0/errorClass").asString()).isEqualTo("PARSE");
    assertThat(run.at("/targets/0/response/body").asString()).startsWith("<html>");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 502, third-party-failed, FAILED",
    "401, 502, third-party-failed, FAILED",
    "404, 404, nothing-found, NOT_FOUND",
    "410, 502, third-party-failed, FAILED",
    "500, 502, third-party-failed, FAILED",
    "429, 429, third-party-limits, RATE_LIMITED"
  })
  void otherStatusesAreProblems(int status, int answered, String type, String outcome) {
    HubClient.Answer answer =
        answered(
            Answer.status(status)
                .body("text/html", "<h1>Oh no</h1>".getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.status()).isEqualTo(answered);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(problem(answer)).isEqualTo(type);
    assertThat(answer.json().at("/thirdParty/status").asInt()).isEqualTo(status);
    assertThat(bench.logged(answer).get("outcome").asString()).isEqualTo(outcome);
  }

  @Test
  void aThirdPartyThatLimitsSaysWhenToComeAgain() {
    HubClient.Answer answer = answered(Answer.status(429).header("Retry-After", "17"));
    assertThat(answer.header("Retry-After")).isEqualTo("17");
  }

  @Test
  void aRedirectIsNotFollowed() {
    HubClient.Answer answer = answered(Answer.redirect(bench.party.url("/elsewhere")));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().get("detail").asString()).contains("redirects are not followed");
    assertThat(bench.party.received("/elsewhere")).isEmpty();
  }

  @Test
  void aDeadThirdPartyIsA502() throws IOException {
    int port;
    try (var closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    bench.bindTo(
        "GetInvoiceImage",
        "\"targets\":[{\"method\":\"GET\",\"url\":\"http://127.0.0.1:%d/\"}]".formatted(port));
    HubClient.Answer answer = bench.invoice("1");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().at("/thirdParty/errorClass").asString()).isEqualTo("CONNECT");
    assertThat(answer.json().at("/thirdParty/status").isNull()).isTrue();
  }

  @Test
  void aSlowThirdPartyIsA504() {
    bench.party.on("/slow", Answer.hang());
    bench.bindTo(
        "GetInvoiceImage",
        "\"deadline\":\"1s\",\"targets\":[{\"method\":\"GET\",\"url\":\"%s\"}]"
            .formatted(bench.party.url("/slow")));
    HubClient.Answer answer = bench.invoice("1");
    assertThat(answer.status()).isEqualTo(504);
    assertThat(problem(answer)).isEqualTo("third-party-timeout");
    assertThat(bench.logged(answer).get("outcome").asString()).isEqualTo("TIMEOUT");
  }

  @Test
  void theDeadlineIsForAllTargetsTogether() {
    bench.party.on(
        "/lazy",
        Answer.dripping(Duration.ofMillis(20), "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
    bench.party.on("/slow2", Answer.hang());
    bench.bindTo(
        "GetInvoiceImage",
        """
        "deadline":"2s","targets":[{"method":"GET","url":"%s"},{"method":"GET","url":"%s"}]
        """
            .formatted(bench.party.url("/lazy"), bench.party.url("/slow2")));
    long before = System.nanoTime();
    HubClient.Answer answer = bench.invoice("1");
    assertThat(answer.status()).isEqualTo(504);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    JsonNode run = bench.logged(answer);
    assertThat(run.get("targets")).hasSize(2);
    assertThat(run.at("/targets/0/outcome").asString()).isEqualTo("IGNORE");
    assertThat(run.at("/targets/1/errorClass").asString()).isEqualTo("TIMEOUT");
  }

  @Test
  void anAnswerThatIsCutShortIsNeverTakenForAWhole() {
    bench.party.on(
        "/short", Answer.raw(HEAD + "Content-Length: 50000\r\n\r\n%PDF-" + "z".repeat(9_000)));
    bench.bind("GetInvoiceImage", "/short");
    assertThatThrownBy(() -> bench.invoice("1")).hasRootCauseInstanceOf(IOException.class);
    String list = "/v1/runs?command=GetInvoiceImage&outcome=BROKEN";
    TestHub.await("it is logged", () -> bench.client.get(list).json().get("total").asInt() == 1);
    JsonNode run = bench.logged(bench.client.get(list).json().at("/data/0/id").asString());
    assertThat(run.at("/targets/0/errorClass").asString()).isEqualTo("BROKEN");
  }

  @Test
  void anAnswerThatIsCutShortBeforeItIsDecidedIsA502() {
    HubClient.Answer answer = answered(Answer.raw(HEAD + "Content-Length: 500\r\n\r\n%PDF-1"));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().at("/thirdParty/errorClass").asString()).isEqualTo("BROKEN");
  }

  @Test
  void aDocumentThatSaysItIsTooLargeIsA502() {
    HubClient.Answer answer =
        answered(
            Answer.rawThenHang(HEAD + "Content-Length: 99000000\r\n\r\n%PDF-" + "z".repeat(9_000)));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().get("detail").asString()).contains("larger than 25 MiB");
  }

  @Test
  void anEndlessDocumentIsBrokenOff() {
    bench.command(
        "GetSmall",
        "[]",
        "{\"type\":\"document\",\"contentTypes\":[\"text/plain\"],\"mostBytes\":100000}");
    bench.party.on(
        "/endless",
        (request, out, party) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] chunk =
              ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
          for (int i = 0; i < 10_000; i++) {
            out.write(chunk);
          }
          return false;
        });
    bench.bind("GetSmall", "/endless");
    assertThatThrownBy(() -> bench.run("GetSmall", "{}")).hasRootCauseInstanceOf(IOException.class);
    TestHub.await(
        "it is logged",
        () -> bench.client.get("/v1/runs?command=GetSmall").json().get("total").asInt() == 1);
    JsonNode run = bench.client.get("/v1/runs?command=GetSmall").json().at("/data/0");
    assertThat(run.get("outcome").asString()).isEqualTo("BROKEN");
    assertThat(run.get("size").asLong()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void endlessJsonIsA502() {
    bench.party.on("/endless-json", Answer.endless());
    bench.bind("GetJson", "/endless-json");
    HubClient.Answer answer = bench.run("GetJson", "{}");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().get("detail").asString()).contains("larger than 1 MiB");
  }

  @Test
  void jsonOfAMegabyteComesThrough() {
    String json = "{\"a\":\"" + "x".repeat((1 << 20) - 10) + "\"}";
    bench.party.on("/large-json", Answer.status(200).json(json));
    bench.bind("GetJson", "/large-json");
    assertThat(bench.run("GetJson", "{}").text()).isEqualTo(json);
  }

  @Test
  void whereNothingIsWantedItIsA204() {
    bench.party.on(
        "/do",
        Answer.status(200).body("text/html", "<h1>Done</h1>".getBytes(StandardCharsets.UTF_8)));
    bench.bindTo(
        "DoIt",
        "\"targets\":[{\"method\":\"POST\",\"url\":\"%s\"}]".formatted(bench.party.url("/do")));
    HubClient.Answer answer = bench.run("DoIt", "{\"Id\":\"7\"}");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(bench.logged(answer).get("status").asInt()).isEqualTo(204);
  }

  @Test
  void aPostIsSentOnceAndAGetOnceMore() {
    for (String method : List.of("POST", "GET")) {
      String path = "/closes-" + method;
      bench.party.on(path, Answer.close());
      bench.bindTo(
          "GetInvoiceImage",
          "\"targets\":[{\"method\":\"%s\",\"url\":\"%s\"}]"
              .formatted(method, bench.party.url(path)));
      assertThat(bench.invoice("1").status()).isEqualTo(502);
      assertThat(bench.party.received(path)).hasSize(method.equals("GET") ? 2 : 1);
    }
  }

  @Test
  void aRunIsNoWebhook() {
    bench.party.on("/headers", pdf(document(20)));
    bench.bindTo(
        "GetInvoiceImage",
        "\"targets\":[{\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"type\":\"json\"}}]"
            .formatted(bench.party.url("/headers")));
    HubClient.Answer answer = bench.invoice("1");
    var received = bench.party.received("/headers").getFirst();
    assertThat(received.header("webhook-id")).isNull();
    assertThat(received.header("Idempotency-Key")).isEqualTo(answer.header("Fairlead-Run"));
  }

  @Test
  void wrongInputsAreToldAllAtOnceAndAskNobody() {
    bench.command(
        "GetTyped",
        """
        [{"name":"Number","type":"number"},{"name":"Day","type":"date"},{"name":"Name"},
         {"name":"Flag","type":"boolean","required":false}]
        """,
        "{\"type\":\"json\"}");
    bench.party.on("/typed", Answer.ok());
    bench.bind("GetTyped", "/typed");
    HubClient.Answer answer =
        bench.run(
            "GetTyped", "{\"Number\":\"1\",\"Day\":\"2026-02-30\",\"name\":\"x\",\"Flag\":1}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.faults())
        .containsExactlyInAnyOrder(
            "/inputs/Number", "/inputs/Day", "/inputs/Name", "/inputs/Flag", "/inputs/name");
    assertThat(bench.run("GetTyped", "[]").status()).isEqualTo(422);
    assertThat(bench.party.received("/typed")).isEmpty();
    assertThat(
            bench
                .run("GetTyped", "{\"Number\":1.10,\"Day\":\"2026-02-28\",\"Name\":\"x\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void malformedRequestsAreA400() {
    bench.bind("GetInvoiceImage", "/r");
    String path = "/v1/commands/GetInvoiceImage/run";
    assertThat(bench.client.post(path, "{").status()).isEqualTo(400);
    assertThat(bench.client.post(path, "[]").status()).isEqualTo(400);
    assertThat(bench.client.post(path, "{\"input\":{}}").status()).isEqualTo(400);
    assertThat(bench.client.post(path).status()).isEqualTo(415);
  }

  @Test
  void aCommandThatIsNotThereIsA404AndOneThatIsNotBoundA409() {
    assertThat(bench.run("NoSuchCommand", "{}").status()).isEqualTo(404);
    bench.command("Unbound", "[]", "{\"type\":\"nothing\"}");
    HubClient.Answer unbound = bench.run("Unbound", "{}");
    assertThat(unbound.status()).isEqualTo(409);
    assertThat(unbound.json().get("detail").asString())
        .contains("PUT /v1/commands/Unbound/binding");
    bench.bind("Unbound", "/unbound");
    assertThat(bench.run("Unbound", "{}").status()).isEqualTo(204);
    assertThat(bench.client.patch("/v1/commands/Unbound/binding", "{\"active\":false}").status())
        .isEqualTo(200);
    assertThat(bench.run("Unbound", "{}").status()).isEqualTo(409);
  }

  @Test
  void aConnectorIsAskedAsItIs() {
    bench.party.on("/shared", pdf(document(20)), Answer.status(401));
    String id =
        bench
            .client
            .post(
                "/v1/connectors",
                """
                {"name":"Archive","method":"GET","url":"%s?n={{InvoiceNumber}}","triggers":[],
                 "authorization":{"kind":"bearer","token":"a-very-secret-token"}}
                """
                    .formatted(bench.party.url("/shared")))
            .json()
            .get("id")
            .asString();
    bench.bindTo("GetInvoiceImage", "\"targets\":[{\"connector\":\"" + id + "\"}]");
    HubClient.Answer answer = bench.invoice("1");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(bench.party.received("/shared").getFirst().header("Authorization"))
        .isEqualTo("Bearer a-very-secret-token");
    JsonNode run = bench.logged(answer);
    assertThat(run.at("/targets/0/connector").asString()).isEqualTo(id);
    assertThat(run.toString()).doesNotContain("a-very-secret-token").contains("Bearer ***");

    assertThat(bench.invoice("1").status()).isEqualTo(502);
    assertThat(bench.client.get("/v1/connectors/" + id).json().get("state").asString())
        .as("a run halts no connector")
        .isEqualTo("ACTIVE");
    assertThat(bench.client.post("/v1/connectors/" + id + "/disable").status()).isEqualTo(200);
    assertThat(bench.invoice("1").status()).isEqualTo(409);
  }

  @Test
  void aCallerThatGoesAwayEndsTheCall() throws Exception {
    bench.party.on("/away", Answer.hang());
    bench.bind("GetInvoiceImage", "/away");
    int runs = bench.client.get("/v1/runs?outcome=GONE").json().get("total").asInt();
    try (Socket caller = sent("{\"inputs\":{\"InvoiceNumber\":\"1\"}}")) {
      var _ = bench.party.await("/away", 1);
      assertThat(caller.isConnected()).isTrue();
    }
    TestHub.await(
        "it is logged as gone",
        () -> bench.client.get("/v1/runs?outcome=GONE").json().get("total").asInt() > runs);
    JsonNode gone = bench.client.get("/v1/runs?outcome=GONE").json().at("/data/0");
    assertThat(gone.get("status").isNull()).isTrue();
  }

  private Socket sent(String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), bench.hub.hub().port());
    socket
        .getOutputStream()
        .write(
            ("POST /v1/commands/GetInvoiceImage/run HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer "
                    + TestHub.OPERATOR_KEY
                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void aTenantRunsOnlySoMuchAtOnce() throws Exception {
    assertThat(
            bench
                .client
                .patch("/v1/tenants/default", "{\"runs\":{\"concurrency\":2,\"deadline\":\"20s\"}}")
                .status())
        .isEqualTo(200);
    try (var party = ThirdParty.open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      party.on("/held", Answer.held(pdf(document(30))));
      bench.bindTo(
          "GetInvoiceImage",
          "\"targets\":[{\"method\":\"GET\",\"url\":\"%s\"}]".formatted(party.url("/held")));
      var running = new ArrayList<CompletableFuture<HubClient.Answer>>();
      for (int i = 0; i < 2; i++) {
        running.add(CompletableFuture.supplyAsync(() -> bench.invoice("1"), threads));
      }
      var _ = party.await("/held", 2);
      HubClient.Answer third = bench.invoice("1");
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.header("Retry-After")).isEqualTo("1");
      assertThat(problem(third)).isEqualTo("too-many-requests");
      party.release();
      for (var one : running) {
        assertThat(one.get().status()).isEqualTo(200);
      }
    }
    HubClient.Answer again = bench.client.patch("/v1/tenants/default", "{\"runs\":null}");
    assertThat(again.json().at("/runs/concurrency").asInt()).isEqualTo(1_000);
  }

  @Test
  void valuesAreSentAsWhatTheyAre() {
    bench.command(
        "GetByBoth",
        "[{\"name\":\"Text\"},{\"name\":\"Number\",\"type\":\"number\"}]",
        "{\"type\":\"json\"}");
    bench.party.on("/both", Answer.ok());
    bench.bindTo(
        "GetByBoth",
        """
        "targets":[{"method":"POST","url":"%s?q={{Text}}","body":{"type":"json","fields":[
          {"name":"n","value":"{{Number}}"},{"name":"t","value":"{{Text}}"}]}}]
        """
            .formatted(bench.party.url("/both")));
    assertThat(bench.run("GetByBoth", "{\"Text\":\"a&b=c/?#% \u00e4\",\"Number\":1.10}").status())
        .isEqualTo(200);
    var received = bench.party.received("/both").getFirst();
    assertThat(received.text()).isEqualTo("{\"n\":1.10,\"t\":\"a&b=c/?#% \u00e4\"}");
    assertThat(URI.create(received.target()).getQuery()).isEqualTo("q=a&b=c/?#% \u00e4");
  }

  @Test
  void whatCannotBeSentIsA422() {
    bench.bindTo(
        "GetInvoiceImage",
        """
        "targets":[{"method":"GET","url":"%s","headers":[{"name":"X-N","value":"{{InvoiceNumber}}"}]}]
        """
            .formatted(bench.party.url("/r")));
    HubClient.Answer answer = bench.invoice("a\r\nX-Evil: 1");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("detail").asString()).contains("InvoiceNumber");
    assertThat(requireNonNull(answer.header("Fairlead-Run"))).startsWith("run_");
  }

  @Test
  void runsAreCounted() {
    answered(pdf(document(10)));
    assertThat(bench.run("GetInvoiceImage", "{}").status()).isEqualTo(422);
    String metrics = bench.client.get("/metrics").text();
    assertThat(metrics)
        .contains("fairlead_command_runs_total{command=\"GetInvoiceImage\",outcome=\"ANSWERED\"}")
        .contains("fairlead_command_runs_total{command=\"GetInvoiceImage\",outcome=\"REFUSED\"}")
        .contains("fairlead_command_run_duration_seconds_bucket{command=\"GetInvoiceImage\"");
  }
}
