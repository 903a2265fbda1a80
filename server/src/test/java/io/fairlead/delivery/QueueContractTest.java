package io.fairlead.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.authorization.Auth;
import io.fairlead.base.Ids;
import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorSpec;
import io.fairlead.connector.ConnectorState;
import io.fairlead.connector.Policy;
import io.fairlead.connector.Trigger;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.event.NewEvent;
import io.fairlead.json.Json;
import io.fairlead.render.BodyText;
import io.fairlead.render.Method;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Scope;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.response.ResponseSettings;
import io.fairlead.response.Result;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.GroupCommit;
import io.fairlead.storage.GroupCommit.Written;
import io.fairlead.storage.Store;
import io.fairlead.storage.TestStores;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What every queue must do, on both databases.
@ParameterizedClass
@EnumSource(Dialect.class)
class QueueContractTest {
  private static final long TENANT = 1;
  private static final int NODE = 0;

  @Parameter Dialect dialect = Dialect.SQLITE;

  private final HandClock clock = new HandClock(1_767_225_600_000L);
  private final Catalog catalog = new Catalog();
  private final Ids ids = new Ids(clock, NODE, 0);
  private final Claims claims = new Claims(NODE);
  private @Nullable Store store;
  private @Nullable Connection connection;
  private @Nullable GroupCommit<QueueItem, QueueResult> groups;
  private long connector;

  @BeforeEach
  void open() throws SQLException {
    Store opened = TestStores.open(dialect);
    store = opened;
    connection = opened.openWriter();
    groups = new GroupCommit<>(opened, new DeliveryQueue(catalog, ids, clock, NODE));
    connector = addConnector("invoice.*");
  }

  @AfterEach
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
    if (store != null) {
      store.close();
    }
  }

  @Test
  void anEventIsStoredWithADeliveryForEachConnectorThatItMatches() {
    long other = addConnector("*");

    Appended.Stored stored = stored(append(event("invoice.paid")));

    assertThat(stored.deliveries())
        .extracting(Delivery::connector)
        .containsExactlyInAnyOrder(connector, other);
    assertThat(stored.deliveries())
        .extracting(Delivery::id)
        .containsExactly(stored.event() + 1, stored.event() + 2);
    assertThat(number("SELECT deliveries FROM event WHERE id = " + stored.event())).isEqualTo(2);
  }

  @Test
  void anEventThatMatchesNothingIsStoredAllTheSame() {
    Appended.Stored stored = stored(append(event("user.created")));

    assertThat(stored.deliveries()).isEmpty();
    assertThat(number("SELECT count(*) FROM event")).isEqualTo(1);
  }

  @Test
  void theSameIdWithTheSameContentIsTheFirstEventAgain() {
    Appended.Stored first = stored(append(named("invoice.paid", "a-1", null, "same")));

    assertThat(append(named("invoice.paid", "a-1", null, "same")))
        .isEqualTo(new Appended.Repeated(first.event(), 1));
    assertThat(number("SELECT count(*) FROM event")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM pending")).isEqualTo(1);
  }

  @Test
  void theSameIdWithOtherContentIsTaken() {
    Appended.Stored first = stored(append(named("invoice.paid", "a-1", null, "one")));

    assertThat(append(named("invoice.paid", "a-1", null, "two")))
        .isEqualTo(new Appended.Taken(first.event()));
  }

  @Test
  void aRepeatWithinOneGroupIsToldToo() {
    List<Appended> results =
        appendTogether(
            named("invoice.paid", "a-1", null, "same"), named("invoice.paid", "a-1", null, "same"));

    Appended.Stored first = stored(results.get(0));
    assertThat(results.get(1)).isEqualTo(new Appended.Repeated(first.event(), 1));
    assertThat(number("SELECT count(*) FROM event")).isEqualTo(1);
  }

  @Test
  void anIdempotencyKeyIsANamespaceOfItsOwn() {
    stored(append(named("invoice.paid", "x", null, "one")));

    stored(append(named("invoice.paid", null, "x", "two")));

    assertThat(append(named("invoice.paid", null, "x", "two")))
        .isInstanceOf(Appended.Repeated.class);
  }

  @Test
  void anIdempotencyKeyIsForgottenAfterADay() {
    stored(append(named("invoice.paid", null, "x", "one")));
    clock.advance(java.time.Duration.ofHours(25));

    stored(append(named("invoice.paid", null, "x", "two")));
  }

  @Test
  void aKeyIsGivenBackWhenTheIdBesideItIsTaken() {
    stored(append(named("invoice.paid", "a-1", null, "one")));

    assertThat(append(named("invoice.paid", "a-1", "k", "two"))).isInstanceOf(Appended.Taken.class);

    stored(append(named("invoice.paid", "a-2", "k", "three")));
  }

  @Test
  void whatIsDueIsClaimedInOrderAndOnlyOnce() {
    Delivery first = delivery(append(event("invoice.paid")));
    clock.advance(java.time.Duration.ofMillis(5));
    Delivery second = delivery(append(event("invoice.paid")));

    assertThat(claim(10, Set.of()).due())
        .extracting(Delivery::id)
        .containsExactly(first.id(), second.id());
    assertThat(claim(10, Set.of(first.id())).due())
        .extracting(Delivery::id)
        .containsExactly(second.id());
    assertThat(claim(1, Set.of())).extracting(Claimed::more).isEqualTo(true);
    assertThat(claim(2, Set.of(first.id(), second.id())).more()).isFalse();
  }

  @Test
  void aClaimedDeliveryHasTheDataAsItWasReceived() {
    Delivery appended = delivery(append(event("invoice.paid")));

    Delivery claimed = claim(1, Set.of()).due().getFirst();

    assertThat(claimed.data()).isEqualTo(appended.data());
    assertThat(claimed.eventType()).isEqualTo("invoice.paid");
    assertThat(claimed.event()).isEqualTo(appended.event());
  }

  @Test
  void aSuccessEndsTheDeliveryAndLogsItsAttempt() {
    Delivery delivery = delivery(append(event("invoice.paid")));

    settle(delivery, success(), new Next.Ended(DeliveryState.SUCCEEDED));

    assertThat(number("SELECT count(*) FROM pending")).isZero();
    assertThat(number("SELECT state FROM delivery")).isEqualTo(DeliveryState.SUCCEEDED.code());
    assertThat(number("SELECT status FROM delivery")).isEqualTo(200);
    assertThat(number("SELECT count(*) FROM request_head")).isEqualTo(1);
  }

  @Test
  void aRetryIsDueLaterAndNotBefore() {
    Delivery delivery = delivery(append(event("invoice.paid")));
    long due = clock.millis() + 5_000;

    settle(delivery, failure(), new Next.Again(due));

    assertThat(claim(10, Set.of()).due()).isEmpty();
    assertThat(claim(10, Set.of()).nextDueAt()).isEqualTo(due);
    clock.advance(java.time.Duration.ofSeconds(5));
    assertThat(claim(10, Set.of()).due()).extracting(Delivery::attempts).containsExactly(1);
    assertThat(number("SELECT state FROM delivery")).isEqualTo(DeliveryState.RETRYING.code());
  }

  @Test
  void everyAttemptIsLogged() {
    Delivery delivery = delivery(append(event("invoice.paid")));
    settle(delivery, failure(), new Next.Again(clock.millis()));

    Delivery again = claim(1, Set.of()).due().getFirst();
    settle(again, success(), new Next.Ended(DeliveryState.SUCCEEDED));

    assertThat(number("SELECT attempts FROM delivery")).isEqualTo(2);
    assertThat(number("SELECT last_status FROM delivery")).isEqualTo(200);
    assertThat(number("SELECT number FROM attempt")).isEqualTo(2);
    assertThat(number("SELECT count(*) FROM pending")).isZero();
  }

  @Test
  void aSettlementWhoseCommitWasNotHeardOfMayBeWrittenAgain() {
    Delivery delivery = delivery(append(event("invoice.paid")));
    var first = new Settlement(delivery, delivery.id(), failure(), new Next.Again(clock.millis()));
    write(new QueueItem.Settle(first));
    write(new QueueItem.Settle(first));
    Delivery again = claim(1, Set.of()).due().getFirst();
    var second =
        new Settlement(again, ids.next(), success(), new Next.Ended(DeliveryState.SUCCEEDED));

    write(new QueueItem.Settle(second));
    write(new QueueItem.Settle(second));

    assertThat(number("SELECT attempts FROM delivery")).isEqualTo(2);
    assertThat(number("SELECT count(*) FROM attempt")).isEqualTo(1);
    assertThat(number("SELECT state FROM delivery")).isEqualTo(DeliveryState.SUCCEEDED.code());
  }

  @Test
  void aSettlementAfterACommittedEndRecordsTheAttemptAndChangesNoState() throws SQLException {
    Delivery delivery = delivery(append(event("invoice.paid")));
    cancelAsTheBacklogDoes(delivery);

    settle(delivery, failure(), new Next.Again(clock.millis()));

    assertThat(number("SELECT count(*) FROM pending")).isZero();
    assertThat(number("SELECT state FROM delivery")).isEqualTo(DeliveryState.CANCELLED.code());
    assertThat(number("SELECT attempts FROM delivery")).isEqualTo(1);
  }

  @Test
  void oneItemThatCannotBeWrittenDoesNotTakeTheOthersWithIt() {
    addTooManyConnectors();
    var tooMany = new NewEvent(TENANT, "crowd", null, null, null, null, 0, bytes("1"));

    List<Written<QueueItem, QueueResult>> written =
        commit(
            List.of(
                new QueueItem.Append(List.of(event("invoice.paid")), 0, results -> {}),
                new QueueItem.Append(List.of(tooMany), 0, results -> {}),
                new QueueItem.Append(List.of(event("invoice.paid")), 0, results -> {})));

    assertThat(written.get(0)).isInstanceOf(Written.Committed.class);
    assertThat(written.get(1)).isInstanceOf(Written.Failed.class);
    assertThat(written.get(2)).isInstanceOf(Written.Committed.class);
    assertThat(number("SELECT count(*) FROM event")).isEqualTo(2);
  }

  private void addTooManyConnectors() {
    for (int i = 0; i < 4_096; i++) {
      addConnector("crowd");
    }
  }

  private long addConnector(String eventType) {
    long id = ids.next();
    var text =
        new RequestText(
            Method.POST, "http://example.com/", List.of(), List.of(), BodyText.ByMethod.BY_METHOD);
    var compiled = (RequestPlan.Compiled.Ready) RequestPlan.compile(text, Scope.of("default", "c"));
    var spec = ConnectorSpec.of("c" + id, text, List.of(new Trigger(eventType)), Policy.DEFAULT);
    catalog.put(
        new Connector(
            id,
            TENANT,
            "default",
            spec,
            Auth.NONE,
            true,
            null,
            1,
            clock.millis(),
            clock.millis(),
            compiled.plan()));
    return id;
  }

  @Test
  void aRefusedCredentialHaltsTheConnectorInTheSameCommitAndHoldsTheDelivery() {
    storeConnector();
    Delivery delivery = delivery(append(event("invoice.paid")));

    Connector halted = settled(delivery, halting(Outcome.AUTH_EXPIRED), new Next.Again(5));

    assertThat(requireNonNull(halted).state()).isEqualTo(ConnectorState.NEEDS_AUTH);
    assertThat(requireNonNull(halted.halt()).reason())
        .isEqualTo(
            "The credential was refused at 2026-01-01T00:00:00.000Z, attempt "
                + Ids.text("att_", delivery.id())
                + ": Go away. Give a new one, or activate the connector again.");
    assertThat(number("SELECT halt FROM connector")).isZero();
    assertThat(number("SELECT attempts FROM pending")).isEqualTo(1);
  }

  @Test
  void aThirdPartyThatWantsNoMoreDisablesTheConnectorAndTheFirstReasonHolds() {
    storeConnector();
    Delivery one = delivery(append(event("invoice.paid")));
    Delivery two = delivery(append(event("invoice.paid")));
    var end = new Next.Ended(DeliveryState.FAILED);

    List<Written<QueueItem, QueueResult>> written =
        commit(
            List.of(
                new QueueItem.Settle(new Settlement(one, one.id(), halting(Outcome.DISABLE), end)),
                new QueueItem.Settle(
                    new Settlement(two, two.id(), halting(Outcome.DISABLE), end))));

    assertThat(halted(written.get(0))).isNotNull();
    assertThat(halted(written.get(1))).isNull();
    assertThat(number("SELECT halt FROM connector")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM pending")).isZero();
  }

  @Test
  void aHaltWhoseCommitWasNotHeardOfIsWrittenAndToldAgain() {
    storeConnector();
    Delivery delivery = delivery(append(event("invoice.paid")));
    var end = new Next.Ended(DeliveryState.FAILED);

    assertThat(settled(delivery, halting(Outcome.DISABLE), end)).isNotNull();
    assertThat(settled(delivery, halting(Outcome.DISABLE), end)).isNotNull();
  }

  @Test
  void whatWasSaidToAnEarlierRevisionOrAfterAHaltHaltsNothing() {
    storeConnector();
    Delivery delivery = delivery(append(event("invoice.paid")));
    Attempt old = halting(Outcome.AUTH_EXPIRED);
    var earlier = new Attempt(old.startedAt(), 1, 0, old.sent(), old.answer(), old.judgement());

    assertThat(settled(delivery, earlier, new Next.Again(5))).isNull();
    assertThat(number("SELECT count(*) FROM connector WHERE halt IS NOT NULL")).isZero();
  }

  @Test
  void whatWasReadOfAnAnswerIsKeptWithTheAttempt() {
    Delivery delivery = delivery(append(event("invoice.paid")));
    settle(delivery, reading("one"), new Next.Again(clock.millis()));
    Delivery again = claim(1, Set.of()).due().getFirst();
    settle(again, reading("two"), new Next.Ended(DeliveryState.SUCCEEDED));

    assertThat(text("SELECT result FROM delivery")).isEqualTo("{\"value\":\"one\",\"rule\":3}");
    assertThat(text("SELECT result FROM attempt")).isEqualTo("{\"value\":\"two\",\"rule\":3}");
    assertThat(text("SELECT last_result FROM delivery")).isEqualTo("\"two\"");
  }

  private Attempt reading(String value) {
    var result =
        new Result(
            ResponseSettings.DEFAULT,
            false,
            new Json.JsonString(value),
            new LinkedHashMap<>(),
            null,
            3,
            null);
    return attempt(new Judgement(Outcome.SUCCESS, null, null, null, null, result));
  }

  private Attempt halting(Outcome outcome) {
    return attempt(Judgement.of(outcome, ErrorClass.AUTH, "Go away."));
  }

  private Attempt attempt(Judgement judgement) {
    return new Attempt(clock.millis(), 900, 1, sent(), null, judgement);
  }

  private @Nullable Connector settled(Delivery delivery, Attempt attempt, Next next) {
    var settlement = new Settlement(delivery, delivery.id(), attempt, next);
    return halted(commit(List.of(new QueueItem.Settle(settlement))).getFirst());
  }

  private static @Nullable Connector halted(Written<QueueItem, QueueResult> written) {
    var committed = (Written.Committed<QueueItem, QueueResult>) written;
    return ((QueueResult.Settled) committed.result()).halted();
  }

  private void storeConnector() {
    try (Statement statement = connection().createStatement()) {
      statement.executeUpdate(
          "INSERT INTO connector (id, tenant, name, doc, active, revision, created_at, updated_at)"
              + " VALUES (%d, %d, 'c', '{}', 1, 1, 0, 0)".formatted(connector, TENANT));
      connection().commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text(String sql) {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cancelAsTheBacklogDoes(Delivery delivery) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at)
          SELECT id, tenant, connector, event, 7, 0, 0 FROM pending
          """);
      statement.executeUpdate("DELETE FROM pending WHERE id = " + delivery.id());
    }
    connection().commit();
  }

  private static NewEvent event(String type) {
    return new NewEvent(TENANT, type, "s", null, null, null, 5, bytes("{\"amount\": 1.10}"));
  }

  private static NewEvent named(
      String type, @Nullable String id, @Nullable String key, String content) {
    return new NewEvent(TENANT, type, null, id, key, bytes(content), 5, bytes("1"));
  }

  private Appended append(NewEvent event) {
    return appendTogether(event).getFirst();
  }

  private List<Appended> appendTogether(NewEvent... events) {
    var item = new QueueItem.Append(List.of(events), 0, results -> {});
    return ((QueueResult.OfAppend) write(item)).appended();
  }

  private QueueResult write(QueueItem item) {
    Written<QueueItem, QueueResult> written = commit(List.of(item)).getFirst();
    assertThat(written).isInstanceOf(Written.Committed.class);
    return ((Written.Committed<QueueItem, QueueResult>) written).result();
  }

  private List<Written<QueueItem, QueueResult>> commit(List<QueueItem> items) {
    return requireNonNull(groups).commit(connection(), new ArrayList<>(items));
  }

  private void settle(Delivery delivery, Attempt attempt, Next next) {
    long id = delivery.attempts() == 0 ? delivery.id() : ids.next();
    write(new QueueItem.Settle(new Settlement(delivery, id, attempt, next)));
  }

  private Claimed claim(int limit, Set<Long> known) {
    try {
      var claim = new Claim(connector, limit, 1_000_000, known);
      Claimed claimed = claims.read(connection(), claim, clock.millis());
      connection().rollback();
      return claimed;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Appended.Stored stored(Appended appended) {
    assertThat(appended).isInstanceOf(Appended.Stored.class);
    return (Appended.Stored) appended;
  }

  private static Delivery delivery(Appended appended) {
    return stored(appended).deliveries().getFirst();
  }

  private Attempt success() {
    var answer = new Answer(200, "Content-Type: text/plain\n", 2, bytes("ok"));
    return new Attempt(clock.millis(), 900, 1, sent(), answer, Judgement.SUCCESS);
  }

  private Attempt failure() {
    return new Attempt(
        clock.millis(),
        900,
        1,
        sent(),
        null,
        Judgement.of(Outcome.RETRY, ErrorClass.CONNECT, "Nobody\0 listens."));
  }

  private static Sent sent() {
    return new Sent("POST http://example.com/\n", true, Sent.BodyKind.EVENT, 60, null);
  }

  private long number(String sql) {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connection() {
    return requireNonNull(connection);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
