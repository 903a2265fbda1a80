package io.fairlead.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.ScriptedNames;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Signing;
import io.fairlead.base.Ids;
import io.fairlead.call.Sent.BodyKind;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorSpec;
import io.fairlead.connector.Policy;
import io.fairlead.http.Cancel;
import io.fairlead.http.Loop;
import io.fairlead.http.Network;
import io.fairlead.render.BodyText;
import io.fairlead.render.Method;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import io.fairlead.render.Scope;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Outcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls that somebody waits for: what is sent for a run, and how often.
final class AskingTest {
  private static final long START = 1_772_000_000_123L;
  private static final long RUN = 1_000_000_000_000L;
  private static final String INPUTS = "{\"InvoiceNumber\":\"A 7\"}";

  private final ThirdParty party = ThirdParty.open();
  private final ScriptedNames names = ScriptedNames.open();
  private final HandClock clock = new HandClock(START);
  private final Network network =
      Network.open(new Network.Settings(1, clock, List.of(names.address()), null));
  private final Caller caller = caller();
  private long nextConnector = 1;

  @AfterEach
  void close() {
    party.release();
    network.close();
    names.close();
    party.close();
  }

  private Loop loop() {
    return network.loops().getFirst();
  }

  private Caller caller() {
    var list = ((AllowList.Parsed.Ready) AllowList.parse("127.0.0.0/8")).list();
    var gate = new Gate(list, () -> 1, Set.of(InetAddress.ofLiteral("127.0.0.1")));
    return new Caller(
        network.client(loop()), network.names(loop()), gate, clock, new RequestMaker("1.2.3"));
  }

  private Connector target(Method method, String url, Auth auth) {
    var text =
        new RequestText(
            method,
            url,
            List.of(new Row("X-Event", "{{$event.id}} {{$event.type}}")),
            List.of(),
            BodyText.ByMethod.BY_METHOD);
    RequestPlan plan =
        switch (RequestPlan.compile(text, Scope.of("acme", "Billing"))) {
          case RequestPlan.Compiled.Ready(var ready) -> ready;
          case RequestPlan.Compiled.Faulty(var faults) ->
              throw new AssertionError(faults.toString());
        };
    var spec = ConnectorSpec.of("Billing", text, List.of(), Policy.DEFAULT);
    return new Connector(nextConnector++, 1, "acme", spec, auth, true, null, 7, 0, 0, plan);
  }

  private Connector target(Method method, String url) {
    return target(method, url, Auth.of(Credential.None.NONE));
  }

  private static Occasion occasion() {
    return Occasion.run(RUN, "GetInvoiceImage", INPUTS.getBytes(UTF_8), START);
  }

  private CompletableFuture<Asked> begin(Connector target, Duration timeLeft) {
    var asked = new CompletableFuture<Asked>();
    loop()
        .execute(() -> {
          var _ =
              caller.open(
                  target,
                  occasion(),
                  timeLeft,
                  a -> {
                    if (!asked.complete(a)) {
                      throw new AssertionError("told twice");
                    }
                  });
        });
    return asked.orTimeout(20, TimeUnit.SECONDS);
  }

  private Asked.Answered answered(Connector target) {
    return (Asked.Answered) begin(target, Duration.ofSeconds(30)).join();
  }

  private Attempt failed(Connector target) {
    return ((Asked.Failed) begin(target, Duration.ofSeconds(30)).join()).attempt();
  }

  @Test
  void aRunIsNoWebhookAndHasAnIdOfItsOwn() {
    Asked.Answered asked = answered(target(Method.POST, party.url("/run")));

    var received = party.received("/run").getFirst();
    String id = Ids.text("run_", RUN);
    assertThat(received.head()).doesNotContainIgnoringCase("webhook-");
    assertThat(received.header("Idempotency-Key")).isEqualTo(id);
    assertThat(received.header("X-Event")).isEqualTo(id + " GetInvoiceImage");
    assertThat(received.text())
        .isEqualTo(
            "{\"id\":\"%s\",\"type\":\"GetInvoiceImage\",\"time\":\"2026-02-25T06:13:20.123Z\",\"data\":%s}"
                .formatted(id, INPUTS));
    assertThat(asked.sent().head()).doesNotContainIgnoringCase("webhook-");
    assertThat(asked.sent().bodyKind()).isEqualTo(BodyKind.KEPT);
    assertThat(asked.answer().complete()).isTrue();
    assertThat(asked.judged(asked.answer().first(), 11, START).outcome())
        .isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void aRunThatIsSignedAsAWebhookHasItsHeaders() {
    var auth =
        Auth.of(
            Credential.None.NONE,
            new Signing.StandardWebhooks(
                Signing.Keys.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
    answered(target(Method.POST, party.url("/run"), auth));

    var received = party.received("/run").getFirst();
    assertThat(received.header("webhook-id")).isEqualTo(Ids.text("run_", RUN));
    assertThat(received.header("webhook-timestamp")).isEqualTo("1772000000");
    assertThat(received.header("webhook-signature")).startsWith("v1,");
  }

  @Test
  void getAndHeadAreSentOnceMoreWhenAKeptConnectionWasClosedByThen() {
    for (Method method : List.of(Method.GET, Method.HEAD)) {
      String path = "/" + method;
      party.on(path, Answer.ok(), Answer.close(), Answer.ok());
      Connector target = target(method, party.url(path));
      assertThat(answered(target).tries()).isEqualTo(1);
      int before = party.connections();

      Asked.Answered asked = answered(target);

      assertThat(asked.answer().status()).isEqualTo(200);
      assertThat(asked.tries()).isEqualTo(2);
      assertThat(party.received(path)).hasSize(3);
      assertThat(party.received(path).get(2).head()).isEqualTo(party.received(path).get(1).head());
      assertThat(party.connections()).isEqualTo(before + 1);
    }
  }

  @Test
  void anythingElseIsSentOnce() {
    for (Method method : List.of(Method.POST, Method.PUT, Method.PATCH, Method.DELETE)) {
      String path = "/" + method;
      party.on(path, Answer.ok(), Answer.close(), Answer.ok());
      Connector target = target(method, party.url(path));
      var _ = answered(target);

      Attempt attempt = failed(target);

      assertThat(attempt.errorClass()).isEqualTo(ErrorClass.BROKEN);
      assertThat(attempt.error()).isEqualTo("The connection was closed without an answer.");
      assertThat(party.received(path)).hasSize(2);
    }
  }

  @Test
  void itIsSentTwiceAtMost() {
    party.on("/dead", Answer.close());
    Attempt attempt = failed(target(Method.GET, party.url("/dead")));
    assertThat(attempt.error()).isEqualTo("The connection was closed without an answer.");
    assertThat(party.received("/dead")).hasSize(2);
  }

  @Test
  void whatBreaksWithinAnAnswerIsNotSentAgain() {
    party.on("/half", Answer.raw("HTTP/1.1 20"));
    party.on("/garbage", Answer.raw("SSH-2.0-OpenSSH\r\n\r\n"));
    party.on("/interim", Answer.raw("HTTP/1.1 100 Continue\r\n\r\n"));
    party.on("/short", Answer.lying(100, 5));
    for (String path : List.of("/half", "/garbage", "/interim", "/short")) {
      Attempt attempt = failed(target(Method.GET, party.url(path)));
      assertThat(attempt.errorClass()).as(path).isEqualTo(ErrorClass.BROKEN);
      assertThat(party.received(path)).as(path).hasSize(1);
    }
  }

  @Test
  void theSecondTimeGoesToAnotherAddressWhereThereIsOne() {
    // Nobody listens on the first of them.
    names.on("two.example.com", 60, "127.0.0.9 127.0.0.1");
    String url = party.url("two.example.com", "/r");

    assertThat(answered(target(Method.GET, url)).tries()).isEqualTo(2);
    assertThat(failed(target(Method.POST, url)).errorClass()).isEqualTo(ErrorClass.CONNECT);
    assertThat(party.received("/r")).hasSize(1);
  }

  @Test
  void nothingIsSentOnceMoreWhenTheTimeIsOver() {
    party.on(
        "/late",
        (request, out, p) -> {
          clock.advance(Duration.ofSeconds(31));
          return false;
        });
    Attempt attempt = failed(target(Method.GET, party.url("/late")));
    assertThat(attempt.errorClass()).isIn(ErrorClass.TIMEOUT, ErrorClass.BROKEN);
    assertThat(party.received("/late")).hasSize(1);
  }

  @Test
  void theTimeThatIsLeftHoldsWhereItIsShorterThanTheConnectorsOwn() {
    party.on("/hang", Answer.hang());
    CompletableFuture<Asked> asked =
        begin(target(Method.GET, party.url("/hang")), Duration.ofSeconds(3));
    var _ = party.await("/hang", 1);
    clock.advance(Duration.ofSeconds(4));

    Attempt attempt = ((Asked.Failed) asked.join()).attempt();
    assertThat(attempt.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
    assertThat(attempt.error()).isEqualTo("No answer came in time.");
  }

  @Test
  void itIsEndedAtOnceBeforeTheAnswerAndAfterItsBeginning() {
    party.on("/hang", Answer.hang());
    party.on("/endless", Answer.endless());
    var hanging = new CompletableFuture<Asked>();
    var begun = new CompletableFuture<Asked>();
    var calls = new ConcurrentLinkedQueue<Cancel>();
    loop()
        .execute(() -> {
          Connector hang = target(Method.GET, party.url("/hang"));
          Connector endless = target(Method.GET, party.url("/endless"));
          calls.add(caller.open(hang, occasion(), Duration.ofSeconds(30), hanging::complete));
          calls.add(caller.open(endless, occasion(), Duration.ofSeconds(30), begun::complete));
        });
    var _ = party.await("/hang", 1);
    assertThat(begun.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(Asked.Answered.class);
    loop().execute(() -> calls.forEach(call -> call.cancel("The caller went away.")));

    var failed = (Asked.Failed) hanging.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(failed.attempt().error()).isEqualTo("The caller went away.");
    assertThat(party.received("/hang")).hasSize(1);
    // The one that hangs does not look.
    TestHub.await("the other is let go", () -> party.openConnections() == 1);
  }

  @Test
  void whatIsLoggedIsMasked() {
    party.on(
        "/echo",
        Answer.status(403).header("X-Echo", "s3cr3t-token").json("{\"sent\":\"s3cr3t-token\"}"));
    Asked.Answered asked =
        answered(
            target(Method.GET, party.url("/echo"), Auth.of(new Credential.Bearer("s3cr3t-token"))));
    byte[] first = asked.answer().first();

    Attempt attempt =
        asked.attempt(first, first.length, asked.judged(first, first.length, START), clock.nanos());

    assertThat(attempt.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(attempt.errorClass()).isEqualTo(ErrorClass.STATUS);
    var answer = Objects.requireNonNull(attempt.answer());
    assertThat(answer.head()).doesNotContain("s3cr3t");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("s3cr3t");
    assertThat(attempt.sent().head()).doesNotContain("s3cr3t");
  }

  @Test
  void aConnectorThatDeliversAndRunsHasAHeadForEach() {
    Connector target = target(Method.POST, party.url("/both"));
    for (int i = 0; i < 2; i++) {
      assertThat(answered(target).sent().head()).doesNotContain("webhook-id");
      var attempt = new CompletableFuture<Attempt>();
      loop()
          .execute(() -> {
            var _ =
                caller.call(
                    target,
                    new Occasion(8, 7, "invoice.paid", START, INPUTS.getBytes(UTF_8), 1),
                    attempt::complete);
          });
      assertThat(attempt.orTimeout(20, TimeUnit.SECONDS).join().sent().head())
          .contains("webhook-id: \u0001id");
    }
  }
}
