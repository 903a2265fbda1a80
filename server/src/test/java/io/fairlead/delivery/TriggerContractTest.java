package io.fairlead.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.connector.Selection;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.event.NewEvent;
import io.fairlead.json.Faults;
import io.fairlead.json.JsonReader;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.GroupCommit;
import io.fairlead.storage.GroupCommit.Written;
import io.fairlead.storage.PostgresqlStore;
import io.fairlead.storage.Store;
import io.fairlead.storage.TestStores;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What triggers come to in the store, on both databases. The clock begins on Monday 2 March 2026
/// at noon, UTC.
@ParameterizedClass
@EnumSource(Dialect.class)
class TriggerContractTest {
  private static final long TENANT = 1;
  private static final long NOON = 1_772_452_800_000L;

  @Parameter Dialect dialect = Dialect.SQLITE;

  private final HandClock clock = new HandClock(NOON);
  private final Catalog catalog = new Catalog();
  private final Ids ids = new Ids(clock, 0, 0);
  private String url = "";
  private @Nullable Store store;
  private @Nullable Connection connection;
  private @Nullable GroupCommit<QueueItem, QueueResult> groups;

  @BeforeEach
  void open() throws SQLException {
    Store opened =
        switch (dialect) {
          case SQLITE -> TestStores.open(dialect);
          case POSTGRESQL -> {
            url = TestStores.newPostgresql();
            yield PostgresqlStore.open(url, 2, Clock.SYSTEM);
          }
        };
    store = opened;
    connection = opened.openWriter();
    groups = groups(ids, 0);
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

  private GroupCommit<QueueItem, QueueResult> groups(Ids numbers, int node) {
    return new GroupCommit<>(
        requireNonNull(store), new DeliveryQueue(catalog, numbers, clock, node));
  }

  @Test
  void aFilterDecidesWhoGetsTheEvent() {
    connector("{\"eventType\":\"a.*\",\"filter\":{\"amount\":{\"$gt\":100}}}");

    assertThat(append("{\"amount\":100}").count()).isZero();
    assertThat(append("{\"amount\":101}").deliveries()).hasSize(1);
    assertThat(append("\"text\"").count()).isZero();
  }

  @Test
  void aSelectionMadeBeforeAChangeDoesNotDecideAfterIt() {
    long connector = connector("{\"eventType\":\"a.*\",\"filter\":{\"amount\":1}}");
    NewEvent event = event("{\"amount\":1}", null);
    Selection before = Selection.of(catalog.of(TENANT), event.type(), event.data());
    assertThat(before.wanted()).hasSize(1);

    put(connector, "{\"eventType\":\"a.*\",\"filter\":{\"amount\":2}}", true);

    var item = new QueueItem.Append(List.of(event), List.of(before), 0, results -> {});
    assertThat(stored(write(item).getFirst()).count()).isZero();
  }

  @Test
  void aWindowThatIsShutHoldsWhatComesUntilItOpens() {
    long connector =
        connector("{\"eventType\":\"a.*\",\"window\":{\"from\":\"09:00\",\"to\":\"11:00\"}}");

    Appended.Stored stored = append("1");

    long opening = NOON + Duration.ofHours(21).toMillis();
    assertThat(stored.deliveries()).isEmpty();
    assertThat(stored.later()).extracting(Appended.Later::dueAt).containsExactly(opening);
    assertThat(number("SELECT due_at FROM pending")).isEqualTo(opening);
    assertThat(number("SELECT deliveries FROM event")).isEqualTo(1);
    assertThat(claim(connector).due()).isEmpty();
    assertThat(claim(connector).nextDueAt()).isEqualTo(opening);
    clock.advance(Duration.ofHours(21));
    assertThat(claim(connector).due()).hasSize(1);
    assertThat(append("1").deliveries()).hasSize(1);
  }

  @Test
  void aWindowThatDropsLeavesAWordInTheLog() {
    connector("{\"eventType\":\"a.*\",\"window\":{\"weekdays\":[\"SUN\"],\"outside\":\"drop\"}}");

    Appended.Stored stored = append("1");

    assertThat(stored.count()).isEqualTo(1);
    assertThat(stored.suppressed()).hasSize(1);
    assertThat(number("SELECT count(*) FROM pending")).isZero();
    assertThat(number("SELECT state FROM delivery")).isEqualTo(DeliveryState.SUPPRESSED.code());
    assertThat(number("SELECT ended_at FROM delivery")).isEqualTo(NOON);
    assertThat(text("SELECT last_error FROM delivery"))
        .isEqualTo(
            "It came outside the trigger's window (Sun 00:00 to 24:00, UTC), and the trigger drops"
                + " what does.");
  }

  @Test
  void aWindowThatDoesNotOpenAgainHoldsNothing() {
    connector("{\"eventType\":\"a.*\",\"window\":{\"lastDate\":\"2026-03-01\"}}");

    append("1");

    assertThat(text("SELECT last_error FROM delivery")).endsWith("which does not open again.");
  }

  @Test
  void aLeastDelayCountsEachKeyByItself() {
    connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\",\"delayKey\":\"{{user.id}}\"}");

    assertThat(append("{\"user\":{\"id\":1}}").deliveries()).hasSize(1);
    assertThat(append("{\"user\":{\"id\":2}}").deliveries()).hasSize(1);
    assertThat(append("{\"user\":{\"id\":1}}").suppressed()).hasSize(1);
    assertThat(text("SELECT last_error FROM delivery"))
        .isEqualTo(
            "The last one for 1 was due at 2026-03-02T12:00:00.000Z, and leastDelay is 1h: the next"
                + " may come at 2026-03-02T13:00:00.000Z.");
    // Without a key they count together.
    assertThat(append("{}").deliveries()).hasSize(1);
    assertThat(append("{\"user\":7}").suppressed()).hasSize(1);

    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(append("{\"user\":{\"id\":1}}").suppressed()).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(append("{\"user\":{\"id\":1}}").deliveries()).hasSize(1);
  }

  @Test
  void aLeastDelayHoldsWithinOneGroupToo() {
    connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\"}");

    List<Appended> together =
        write(new QueueItem.Append(List.of(event("1", null), event("2", null)), 0, results -> {}));

    assertThat(stored(together.get(0)).deliveries()).hasSize(1);
    assertThat(stored(together.get(1)).suppressed()).hasSize(1);
  }

  @Test
  void aRepeatedEventUsesNothingUpAndKeepsItsFirstAnswer() {
    connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\"}");
    Appended.Stored first = stored(write(event("1", "id-1")));
    clock.advance(Duration.ofMinutes(59));

    assertThat(write(event("1", "id-1"))).isEqualTo(new Appended.Repeated(first.event(), 1));

    clock.advance(Duration.ofMinutes(1));
    assertThat(append("3").deliveries()).hasSize(1);
  }

  @Test
  void twoHeldDeliveriesDoNotGoTogetherWhenTheWindowOpens() {
    connector(
        """
        {"eventType":"a.*","window":{"from":"09:00","to":"11:00"},"leastDelay":"30m"}
        """);

    assertThat(append("1").later()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    assertThat(append("1").suppressed()).hasSize(1);
    assertThat(text("SELECT last_error FROM delivery")).contains("2026-03-03T09:30:00.000Z");
  }

  @Test
  void theMostFavourableTriggerDecidesAndTheOthersAreNotUsedUp() {
    long connector =
        connector(
            """
            {"eventType":"a.*","window":{"from":"01:00","to":"02:00","outside":"drop"}},
            {"eventType":"a.*","window":{"from":"13:00","to":"14:00"}},
            {"eventType":"a.*","leastDelay":"24h"},
            {"eventType":"*","filter":{"vip":true}}
            """);

    // Now, without using up the least delay.
    assertThat(append("{\"vip\":true}").deliveries()).hasSize(1);
    // Now, by the least delay.
    assertThat(append("{}").deliveries()).hasSize(1);
    // Then when the window opens.
    assertThat(append("{}").later())
        .extracting(Appended.Later::dueAt)
        .containsExactly(NOON + Duration.ofHours(1).toMillis());
    assertThat(number("SELECT count(*) FROM pending WHERE connector = " + connector)).isEqualTo(3);
  }

  @Test
  void aConnectorThatIsInactiveIsJudgedAllTheSame() {
    long connector = connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\"}");
    put(connector, "{\"eventType\":\"a.*\",\"leastDelay\":\"1h\"}", false);

    assertThat(append("1").deliveries()).hasSize(1);
    assertThat(append("1").suppressed()).hasSize(1);
  }

  @Test
  void aChangeOfTheDelayKeepsWhatIsRememberedAndAChangeOfTheKeyDoesNot() {
    long connector = connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\"}");
    append("{\"id\":5}");
    clock.advance(Duration.ofMinutes(30));

    put(connector, "{\"eventType\":\"a.*\",\"leastDelay\":\"20m\"}", true);
    assertThat(append("{\"id\":5}").deliveries()).hasSize(1);
    put(connector, "{\"eventType\":\"a.*\",\"leastDelay\":\"20m\",\"delayKey\":\"{{id}}\"}", true);
    assertThat(append("{\"id\":5}").deliveries()).hasSize(1);
  }

  @Test
  void whatIsRememberedIsForgottenWhenItHoldsNothingBack() {
    connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\",\"delayKey\":\"{{id}}\"}");
    append("{\"id\":1}");
    clock.advance(Duration.ofMinutes(30));
    append("{\"id\":2}");
    clock.advance(Duration.ofMinutes(31));

    try (Statement delete = connection().createStatement()) {
      assertThat(delete.executeUpdate(CoolDownLog.FORGET.formatted(clock.millis(), 10)))
          .isEqualTo(1);
      connection().commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }

    assertThat(number("SELECT count(*) FROM cool_down")).isEqualTo(1);
    assertThat(append("{\"id\":1}").deliveries()).hasSize(1);
    assertThat(append("{\"id\":2}").suppressed()).hasSize(1);
  }

  /// Two nodes on one database take events with the same keys, in different orders.
  @Test
  void severalNodesLetOneThrough() throws Exception {
    if (dialect == Dialect.SQLITE) {
      return;
    }
    connector("{\"eventType\":\"a.*\",\"leastDelay\":\"1h\",\"delayKey\":\"{{id}}\"}");
    var barrier = new CyclicBarrier(2);
    var made = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newFixedThreadPool(2);
        Connection other = DriverManager.getConnection(url)) {
      other.setAutoCommit(false);
      made.add(threads.submit(() -> appendMany(connection(), groups(), false, barrier)));
      made.add(
          threads.submit(() -> appendMany(other, groups(new Ids(clock, 1, 0), 1), true, barrier)));
      int deliveries = 0;
      for (Future<Integer> node : made) {
        deliveries += node.get();
      }
      assertThat(deliveries).isEqualTo(20);
    }
    assertThat(number("SELECT count(*) FROM pending")).isEqualTo(20);
  }

  private int appendMany(
      Connection on,
      GroupCommit<QueueItem, QueueResult> node,
      boolean backwards,
      CyclicBarrier barrier)
      throws Exception {
    int deliveries = 0;
    for (int round = 0; round < 20; round++) {
      var group = new ArrayList<QueueItem>();
      for (int i = 0; i <= round; i++) {
        int id = backwards ? round - i : i;
        group.add(
            new QueueItem.Append(
                List.of(event("{\"id\":%d}".formatted(id), null)), 0, results -> {}));
      }
      barrier.await();
      for (Written<QueueItem, QueueResult> written : node.commit(on, group)) {
        assertThat(written).isInstanceOf(Written.Committed.class);
        var result =
            (QueueResult.OfAppend) ((Written.Committed<QueueItem, QueueResult>) written).result();
        deliveries += stored(result.appended().getFirst()).deliveries().size();
      }
    }
    return deliveries;
  }

  private long connector(String triggers) {
    long id = ids.next();
    put(id, triggers, true);
    return id;
  }

  private void put(long id, String triggers, boolean active) {
    String document =
        """
        {"name":"c%d","method":"POST","url":"http://example.com/","triggers":[%s]}
        """
            .formatted(id, triggers);
    var faults = new Faults();
    Draft draft =
        ConnectorDocument.create(
            new JsonReader().readTrusted(bytes(document)),
            new Home(TENANT, "default", new AuthorizationCatalog()),
            faults);
    assertThat(faults.list()).isEmpty();
    Draft read = requireNonNull(draft);
    catalog.put(
        new Connector(
            id,
            TENANT,
            "default",
            read.spec(),
            read.auth(),
            active,
            null,
            1,
            clock.millis(),
            clock.millis(),
            read.plan()));
  }

  private static NewEvent event(String data, @Nullable String id) {
    return new NewEvent(
        TENANT, "a.b", null, id, null, id == null ? null : bytes(data), 5, bytes(data));
  }

  private Appended.Stored append(String data) {
    return stored(write(event(data, null)));
  }

  private Appended write(NewEvent event) {
    return write(new QueueItem.Append(List.of(event), 0, results -> {})).getFirst();
  }

  private List<Appended> write(QueueItem.Append item) {
    Written<QueueItem, QueueResult> written =
        groups().commit(connection(), new ArrayList<>(List.of(item))).getFirst();
    assertThat(written).isInstanceOf(Written.Committed.class);
    return ((QueueResult.OfAppend) ((Written.Committed<QueueItem, QueueResult>) written).result())
        .appended();
  }

  private static Appended.Stored stored(Appended appended) {
    assertThat(appended).isInstanceOf(Appended.Stored.class);
    return (Appended.Stored) appended;
  }

  private Claimed claim(long connector) {
    try {
      Claimed claimed =
          new Claims(0)
              .read(connection(), new Claim(connector, 10, 1_000_000, Set.of()), clock.millis());
      connection().rollback();
      return claimed;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String sql) {
    return Long.parseLong(text(sql));
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

  private Connection connection() {
    return requireNonNull(connection);
  }

  private GroupCommit<QueueItem, QueueResult> groups() {
    return requireNonNull(groups);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
