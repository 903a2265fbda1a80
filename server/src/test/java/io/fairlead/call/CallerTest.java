package io.fairlead.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.ScriptedNames;
import io.fairlead.TestTls;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Hosts;
import io.fairlead.authorization.Place;
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
import io.fairlead.render.Origin;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import io.fairlead.render.Scope;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallerTest {
  private static final long START = 1_772_000_000_123L;
  private static final long EVENT = 1_000_000_000_000L;
  private static final long DELIVERY = EVENT + 1;
  private static final String DATA = "{\"InvoiceNumber\": 5,\n \"title\":\"a \\u00e9\"}";

  private final ThirdParty party = ThirdParty.open();
  private final ScriptedNames names = ScriptedNames.open();
  private final HandClock clock = new HandClock(START);
  private long nextConnector = 1;
  private Network network = open(null);
  private Caller caller = caller("127.0.0.0/8");

  @AfterEach
  void close() {
    network.close();
    names.close();
    party.close();
  }

  private Network open(@Nullable KeyStore trusted) {
    return Network.open(new Network.Settings(1, clock, List.of(names.address()), trusted));
  }

  private Loop loop() {
    return network.loops().getFirst();
  }

  private Caller caller(String allowed) {
    var list = ((AllowList.Parsed.Ready) AllowList.parse(allowed)).list();
    var gate = new Gate(list, () -> 1, Set.of(InetAddress.ofLiteral("127.0.0.1")));
    return new Caller(
        network.client(loop()), network.names(loop()), gate, clock, new RequestMaker("1.2.3"));
  }

  private Connector connector(RequestText text, Credential credential) {
    return connector(text, Auth.of(credential));
  }

  private Connector connector(RequestText text, Auth auth) {
    RequestPlan plan =
        switch (RequestPlan.compile(text, Scope.of("acme", "Billing"))) {
          case RequestPlan.Compiled.Ready(var ready) -> ready;
          case RequestPlan.Compiled.Faulty(var faults) ->
              throw new AssertionError(faults.toString());
        };
    var spec = ConnectorSpec.of("Billing", text, List.of(), Policy.DEFAULT);
    return new Connector(nextConnector++, 1, "acme", spec, auth, true, null, 7, 0, 0, plan);
  }

  private static RequestText post(String url, Row... headers) {
    return new RequestText(
        Method.POST, url, List.of(headers), List.of(), BodyText.ByMethod.BY_METHOD);
  }

  private Connector plain(String url) {
    return connector(post(url), Credential.None.NONE);
  }

  private static Occasion occasion(int number) {
    return new Occasion(DELIVERY, EVENT, "invoice.paid", START - 5, DATA.getBytes(UTF_8), number);
  }

  private CompletableFuture<Attempt> begin(Connector connector, int number) {
    var attempt = new CompletableFuture<Attempt>();
    loop()
        .execute(() -> {
          var _ =
              caller.call(
                  connector,
                  occasion(number),
                  a -> {
                    if (!attempt.complete(a)) {
                      throw new AssertionError("told twice");
                    }
                  });
        });
    return attempt.orTimeout(20, TimeUnit.SECONDS);
  }

  private Attempt call(Connector connector) {
    return begin(connector, 1).join();
  }

  private static io.fairlead.call.Answer answer(Attempt attempt) {
    return Objects.requireNonNull(attempt.answer());
  }

  private void assertEnds(String url, Outcome outcome, ErrorClass errorClass, String sentence) {
    Attempt attempt = call(plain(url));
    assertThat(attempt.error()).as(url).isEqualTo(sentence);
    assertThat(attempt.errorClass()).as(url).isEqualTo(errorClass);
    assertThat(attempt.outcome()).as(url).isEqualTo(outcome);
  }

  @Test
  void sendsTheEventWithTheHubsHeaders() {
    Attempt attempt = call(plain(party.url("/hook?a=%20b")));

    var received = party.received().getFirst();
    String id = Ids.text("dlv_", DELIVERY);
    assertThat(received.text())
        .isEqualTo(
            "{\"id\":\"%s\",\"type\":\"invoice.paid\",\"time\":\"2026-02-25T06:13:20.118Z\",\"data\":%s}"
                .formatted(Ids.text("evt_", EVENT), DATA));
    assertThat(received.header("webhook-id")).isEqualTo(id);
    assertThat(received.header("webhook-timestamp")).isEqualTo("1772000000");
    assertThat(received.header("Idempotency-Key")).isEqualTo(id);
    assertThat(received.header("User-Agent")).isEqualTo("Fairlead/1.2.3");
    assertThat(received.header("Content-Type")).isEqualTo("application/json");
    assertThat(received.header("Authorization")).isNull();

    assertThat(attempt.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(attempt.startedAt()).isEqualTo(START);
    assertThat(attempt.revision()).isEqualTo(7);
    assertThat(attempt.error()).isNull();
    Sent sent = attempt.sent();
    assertThat(sent.bodyKind()).isEqualTo(BodyKind.EVENT);
    assertThat(sent.body()).isNull();
    assertThat(sent.bodySize()).isEqualTo(received.body().length);
    assertThat(sent.headRepeats()).isTrue();
    assertThat(Envelope.of(EVENT, "invoice.paid", START - 5, DATA.getBytes(UTF_8)))
        .isEqualTo(received.body());
  }

  @Test
  void whatIsShownIsWhatWasSent() {
    Connector connector =
        connector(
            post(party.url("/items/{{InvoiceNumber}}"), new Row("X-Title", "n {{InvoiceNumber}}")),
            Credential.None.NONE);
    Attempt attempt = call(connector);

    Sent sent = attempt.sent();
    assertThat(sent.headRepeats()).isFalse();
    String head = Objects.requireNonNull(sent.head());
    assertThat(head).contains(Sent.ID, Sent.TIME, Sent.LENGTH);
    String shown =
        Sent.shown(head, Ids.text("dlv_", DELIVERY), attempt.startedAt(), sent.bodySize());
    var received = party.received().getFirst();
    assertThat(shown.replace("\n", "\r\n"))
        .isEqualTo(
            received
                    .head()
                    .replace(" HTTP/1.1", "")
                    .replace("POST /", "POST http://127.0.0.1:" + party.port() + "/")
                + "\r\n");
    assertThat(received.target()).isEqualTo("/items/5");
    assertThat(received.header("X-Title")).isEqualTo("n 5");
  }

  @Test
  void theStoredHeadIsTheSameForEveryDelivery() {
    Connector connector = plain(party.url("/hook"));
    String first = call(connector).sent().head();
    assertThat(begin(connector, 2).join().sent().head()).isSameAs(first);
  }

  @Test
  void anAuthorsHeaderWins() {
    Connector connector =
        connector(
            post(
                party.url("/"),
                new Row("WEBHOOK-ID", "mine"),
                new Row("webhook-Timestamp", "then"),
                new Row("user-agent", "me"),
                new Row("idempotency-key", "key"),
                new Row("content-type", "application/vnd.x+json"),
                new Row("authorization", "Custom 12345")),
            new Credential.Bearer("not-used"));
    Attempt attempt = call(connector);
    var received = party.received().getFirst();
    assertThat(received.header("webhook-id")).isEqualTo("mine");
    assertThat(received.header("webhook-timestamp")).isEqualTo("then");
    assertThat(received.header("User-Agent")).isEqualTo("me");
    assertThat(received.header("Idempotency-Key")).isEqualTo("key");
    assertThat(received.header("Content-Type")).isEqualTo("application/vnd.x+json");
    assertThat(received.header("Authorization")).isEqualTo("Custom 12345");
    assertThat(attempt.sent().head()).contains("authorization: ***\n").doesNotContain("12345");
  }

  @Test
  void sendsTheBodyOfTheAuthor() {
    Connector connector =
        connector(
            new RequestText(
                Method.PUT,
                party.url("/made"),
                List.of(),
                List.of(),
                new BodyText.JsonTemplate("{\"n\":{{InvoiceNumber}}}")),
            Credential.None.NONE);
    Attempt attempt = call(connector);
    assertThat(party.received().getFirst().text()).isEqualTo("{\"n\":5}");
    assertThat(attempt.sent().bodyKind()).isEqualTo(BodyKind.KEPT);
    assertThat(attempt.sent().body()).isEqualTo("{\"n\":5}".getBytes(UTF_8));
    assertThat(attempt.sent().bodySize()).isEqualTo(7);

    var get =
        connector(
            new RequestText(
                Method.GET, party.url("/get"), List.of(), List.of(), BodyText.ByMethod.BY_METHOD),
            Credential.None.NONE);
    assertThat(call(get).sent().bodyKind()).isEqualTo(BodyKind.NONE);
    assertThat(party.received("/get").getFirst().header("Content-Length")).isNull();
  }

  @Test
  void whatCannotBeRenderedIsNotSent() {
    Attempt attempt = call(plain(party.url("/{{Missing}}")));
    assertThat(attempt.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(attempt.errorClass()).isEqualTo(ErrorClass.RENDER);
    assertThat(attempt.error()).contains("Missing");
    assertThat(attempt.sent()).isEqualTo(Sent.nothing());
    assertThat(party.received()).isEmpty();
  }

  @Test
  void secretsAreSentAndNeverStored() {
    String password = "pä$$ \"word\"/&";
    String basic = Base64.getEncoder().encodeToString(("user:" + password).getBytes(UTF_8));
    String echo =
        password + " and " + basic + " and " + java.net.URLEncoder.encode(password, UTF_8);
    party.on(
        "/",
        Answer.status(200)
            .header("X-Echo", "Basic " + basic)
            .header("Set-Cookie", "s=1234")
            .body("text/plain", echo.getBytes(UTF_8)));
    Connector connector = connector(post(party.url("/")), new Credential.Basic("user", password));

    Attempt attempt = call(connector);

    assertThat(party.received().getFirst().header("Authorization")).isEqualTo("Basic " + basic);
    assertThat(attempt.sent().head()).contains("Authorization: Basic ***\n");
    var answer = answer(attempt);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("*** and *** and ***");
    assertThat(answer.head()).contains("X-Echo: Basic ***\n", "Set-Cookie: ***\n");
    assertThat(answer.bodySize()).isEqualTo(echo.getBytes(UTF_8).length);
  }

  @Test
  void secretsInBodyUrlAndHeadersAreMasked() {
    Connector connector =
        connector(
            new RequestText(
                Method.POST,
                party.url("/t-o-k-e-n-1"),
                List.of(new Row("X-Api-Key", "my-api-key"), new Row("X-Other", "t-o-k-e-n-1")),
                List.of(new Row("k", "t-o-k-e-n-1")),
                new BodyText.JsonTemplate("{\"k\":\"t-o-k-e-n-1\"}")),
            new Credential.Bearer("t-o-k-e-n-1"));
    party.on(
        "/t-o-k-e-n-1", Answer.ok().body("text/plain", "your key is my-api-key".getBytes(UTF_8)));

    Attempt attempt = call(connector);

    assertThat(attempt.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(party.received().getFirst().header("Authorization")).isEqualTo("Bearer t-o-k-e-n-1");
    assertThat(attempt.sent().head())
        .doesNotContain("t-o-k-e-n-1", "my-api-key")
        .contains("/***?k=***", "X-Api-Key: ***", "X-Other: ***", "Authorization: Bearer ***");
    assertThat(attempt.sent().body()).isEqualTo("{\"k\":\"***\"}".getBytes(UTF_8));
    assertThat(new String(answer(attempt).body(), UTF_8)).isEqualTo("your key is ***");
  }

  @Test
  void everyHostileReceiverHasItsClassAndDisturbsNobody() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    party
        .on("/garbage", Answer.raw("\u0016\u0003\u0001 not http\r\n\r\n"))
        .on("/early", Answer.close())
        .on("/short", Answer.lying(100, 10))
        .on("/headers", Answer.headers(10_000_000))
        .on("/endless", Answer.endless())
        .on("/hang", Answer.hang())
        .on("/limit", Answer.status(429).header("Retry-After", "7"))
        .on("/busy", Answer.status(503).header("Retry-After", "9"))
        .on("/broken", Answer.status(500))
        .on("/gone", Answer.status(410))
        .on("/away", Answer.redirect("http://169.254.169.254/latest/"));
    var hanging = begin(plain(party.url("/hang")), 1);
    Connector healthy = plain(party.url("/ok"));

    assertEnds(party.url("/garbage"), Outcome.RETRY, ErrorClass.BROKEN, "The answer is not HTTP.");
    assertEnds(
        party.url("/early"),
        Outcome.RETRY,
        ErrorClass.BROKEN,
        "The connection was closed without an answer.");
    assertEnds(
        party.url("/short"),
        Outcome.RETRY,
        ErrorClass.BROKEN,
        "The connection was closed before the answer was complete.");
    assertEnds(
        party.url("/headers"),
        Outcome.RETRY,
        ErrorClass.BROKEN,
        "The answer's headers are larger than 64 KiB.");
    assertEnds(
        party.url("/endless"),
        Outcome.RETRY,
        ErrorClass.BROKEN,
        "The answer is larger than 10 MiB.");
    assertEnds(
        party.url("/limit"),
        Outcome.RATE_LIMITED,
        ErrorClass.STATUS,
        "The third party answered 429: it gets too many calls.");
    assertEnds(
        party.url("/busy"),
        Outcome.RATE_LIMITED,
        ErrorClass.STATUS,
        "The third party answered 503 and asked to be left alone.");
    assertEnds(
        party.url("/broken"), Outcome.RETRY, ErrorClass.STATUS, "The third party answered 500.");
    assertEnds(
        party.url("/gone"),
        Outcome.DISABLE,
        ErrorClass.STATUS,
        "The third party answered 410: it wants no more calls here.");
    assertEnds(
        party.url("/away"),
        Outcome.FAIL,
        ErrorClass.STATUS,
        "The third party answered 302; redirects are not followed.");
    assertEnds(
        "http://127.0.0.1:" + closed + "/",
        Outcome.RETRY,
        ErrorClass.CONNECT,
        "127.0.0.1 on port " + closed + " refuses connections.");
    assertEnds(
        "https://127.0.0.1:" + party.port() + "/",
        Outcome.RETRY,
        ErrorClass.TLS,
        "No TLS session with 127.0.0.1: the other side does not speak it as we do.");
    assertEnds(
        "http://no.example.com/",
        Outcome.RETRY,
        ErrorClass.DNS,
        "The name no.example.com does not resolve.");
    assertThat(call(healthy).outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(hanging).isNotDone();

    party.await("/hang", 1);
    clock.advance(Duration.ofSeconds(30));
    Attempt late = hanging.join();
    assertThat(late.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
    assertThat(late.error()).isEqualTo("No answer within 30 seconds.");
    assertThat(late.micros()).isEqualTo(30_000_000);
    assertThat(late.sent().head()).isNotNull();
    assertThat(call(healthy).outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void anAnswerThatIsNoSuccessIsKept() {
    party.on("/", Answer.status(422).json("{\"error\":\"no such invoice\"}"));
    Attempt attempt = call(plain(party.url("/")));
    assertThat(attempt.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(answer(attempt).status()).isEqualTo(422);
    assertThat(new String(answer(attempt).body(), UTF_8)).contains("no such invoice");
    assertThat(answer(attempt).head()).contains("Content-Type: application/json\n");
  }

  @Test
  void headersOfAnAnswerStayOnTheirLines() {
    party.on(
        "/",
        Answer.raw(
            "HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nX-B: a\tb\u0007c\r\nContent-Length: 0\r\n\r\n"));
    String head = answer(call(plain(party.url("/")))).head();
    assertThat(head.lines()).containsExactly("X-A: one two", "X-B: a b c", "Content-Length: 0");
  }

  @Test
  void privateAddressesAreBlockedUnlessAllowed() {
    caller = caller("");
    assertEnds(
        party.url("/"),
        Outcome.FAIL,
        ErrorClass.BLOCKED,
        "The hub may not call 127.0.0.1: it leads to an address that is private or otherwise special. An operator can allow it with FAIRLEAD_EGRESS_ALLOW.");
    assertThat(call(plain("http://localhost:" + party.port() + "/")).errorClass())
        .isEqualTo(ErrorClass.BLOCKED);
    assertThat(call(plain("http://[::1]:" + party.port() + "/")).errorClass())
        .isEqualTo(ErrorClass.BLOCKED);
    assertThat(call(plain("http://[::ffff:7f00:1]:" + party.port() + "/")).errorClass())
        .isEqualTo(ErrorClass.BLOCKED);
    assertThat(party.connections()).isZero();
  }

  @Test
  void aNameThatTurnsToAPrivateAddressIsBlocked() {
    // As rebinding does it: the first answer is harmless, the next one is not.
    try (var harmless = ThirdParty.open("127.0.0.2")) {
      names.on("rebind.example.com", 1, "127.0.0.2", "127.0.0.1");
      caller = caller("127.0.0.2");
      Connector connector = plain("http://rebind.example.com:" + harmless.port() + "/");
      assertThat(call(connector).outcome()).isEqualTo(Outcome.SUCCESS);

      clock.advance(Duration.ofSeconds(2));
      Attempt second = call(connector);

      assertThat(second.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(second.errorClass()).isEqualTo(ErrorClass.BLOCKED);
      assertThat(second.error()).contains("rebind.example.com").doesNotContain("127.0.0.1");
      assertThat(harmless.received()).hasSize(1);
    }
  }

  @Test
  void oneBadAddressAmongGoodOnesBlocksTheHost() {
    names.on("mixed.example.com", 60, "192.0.2.1 10.0.0.1");
    caller = caller("192.0.2.1");
    assertThat(call(plain("http://mixed.example.com/")).errorClass()).isEqualTo(ErrorClass.BLOCKED);
  }

  @Test
  void attemptsTakeTheAddressesInTurn() {
    try (var other = ThirdParty.open("127.0.0.2")) {
      names.on("two.example.com", 60, "127.0.0.1 127.0.0.2");
      Connector connector = plain("http://two.example.com:" + other.port() + "/");
      // Only the second of the two listens on that port.
      assertThat(begin(connector, 1).join().errorClass()).isEqualTo(ErrorClass.CONNECT);
      assertThat(begin(connector, 2).join().outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(other.received().getFirst().header("Host"))
          .isEqualTo("two.example.com:" + other.port());
    }
  }

  @Test
  void tlsIsCheckedAgainstTheName(@TempDir Path folder) {
    TestTls right = TestTls.make(folder, "dns:api.example.com");
    network.close();
    network = open(right.trusted());
    caller = caller("127.0.0.0/8");
    names.on("api.example.com", 60, "127.0.0.1").on("other.example.com", 60, "127.0.0.1");
    try (var secure = ThirdParty.open(right.server())) {
      assertThat(call(plain(secure.url("api.example.com", "/"))).outcome())
          .isEqualTo(Outcome.SUCCESS);
      assertEnds(
          secure.url("other.example.com", "/"),
          Outcome.RETRY,
          ErrorClass.TLS,
          "The certificate of other.example.com is not made for that name.");
    }
  }

  @Test
  void connectionsAreKept() {
    Connector connector = plain(party.url("/"));
    for (int i = 0; i < 30; i++) {
      assertThat(call(connector).outcome()).isEqualTo(Outcome.SUCCESS);
    }
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void cancelEndsAnAttemptAtOnceInEveryPhase() {
    names.silent("slow.example.com");
    party.on("/hang", Answer.hang());
    for (String url : List.of("http://slow.example.com/", party.url("/hang"))) {
      var cancelled = new CompletableFuture<Attempt>();
      Connector connector = plain(url);
      loop()
          .execute(() -> {
            Cancel cancel = caller.call(connector, occasion(1), cancelled::complete);
            cancel.cancel("The hub was stopped during the call.");
            cancel.cancel("Again.");
          });
      Attempt attempt = cancelled.orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(attempt.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(attempt.errorClass()).isEqualTo(ErrorClass.BROKEN);
      assertThat(attempt.error()).isEqualTo("The hub was stopped during the call.");
    }
  }

  private static final Credential IN_BODY =
      new Credential.Custom(List.of(new Credential.Parameter(Place.BODY, "key", "body-secret-1")));

  private Connector json(String template, Auth auth) {
    return connector(
        new RequestText(
            Method.POST, party.url("/"), List.of(), List.of(), new BodyText.JsonTemplate(template)),
        auth);
  }

  @Test
  void bodyParametersAreAddedToObjectsOnly() {
    assertThat(call(json("{ }", Auth.of(IN_BODY))).sent().body())
        .asString(UTF_8)
        .isEqualTo("{ \"key\":\"***\"}");
    assertThat(party.received().getLast().text())
        .isEqualToIgnoringWhitespace("{\"key\":\"body-secret-1\"}");
    var _ = call(json("{\"a\":{\"key\":\"}\"}}\n", Auth.of(IN_BODY)));
    assertThat(party.received().getLast().text())
        .isEqualToIgnoringWhitespace("{\"a\":{\"key\":\"}\"},\"key\":\"body-secret-1\"}");
    int sent = party.received().size();
    for (String body : List.of("[1]", "{\"key\":1}", "\"{}\"")) {
      Attempt attempt = call(json(body, Auth.of(IN_BODY)));
      assertThat(attempt.errorClass()).as(body).isEqualTo(ErrorClass.AUTH);
      assertThat(attempt.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(attempt.error()).contains("The authorization adds").doesNotContain("secret-1");
    }
    assertThat(party.received()).hasSize(sent);
  }

  @Test
  void anAuthorizationIsNotSentToHostsThatItDoesNotHave() {
    var token = new Credential.Bearer("t-o-k-e-n");
    var elsewhere = new Hosts(List.of(new Origin(true, "a.example", 443)));
    var from = new Authorization(1, 1, "Mine", token, elsewhere, 1, 0, 0);
    var auth = new Auth(token, Signing.None.NONE, from, null);
    Attempt attempt = call(json("{}", auth));
    assertThat(attempt.errorClass()).isEqualTo(ErrorClass.BLOCKED);
    assertThat(attempt.error())
        .startsWith("The authorization \"Mine\" may not be sent to http://127.0.0.1:")
        .contains("An admin can add \"http://127.0.0.1:");
    assertThat(party.received()).isEmpty();
  }

  @Test
  void aDryRunMakesTheSameRequestAndSendsNothing() {
    var auth =
        new Auth(
            IN_BODY,
            new Signing.StandardWebhooks(Signing.Keys.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            null,
            null);
    Connector connector = json("{\"n\": {{InvoiceNumber}}}", auth);

    RequestMaker.Dry dry = new RequestMaker("1.2.3").dry(connector, occasion(1), START);

    assertThat(party.received()).isEmpty();
    var ready = (Making.Ready) dry.making();
    Attempt attempt = call(connector);
    var received = party.received().getLast();
    assertThat(ready.body()).isEqualTo(received.body());
    assertThat(ready.headers())
        .allSatisfy(header -> assertThat(received.header(header.name())).isEqualTo(header.value()));
    assertThat(ready.sent()).usingRecursiveComparison().isEqualTo(attempt.sent());
    assertThat(dry.tokens())
        .singleElement()
        .satisfies(use -> assertThat(use.value()).isEqualTo("5"));
  }
}
