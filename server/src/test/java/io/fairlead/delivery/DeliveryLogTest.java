package io.fairlead.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.base.Ids;
import io.fairlead.delivery.DeliveryLog.Filter;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import io.fairlead.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Lists of deliveries on both databases, held against a list that is filtered in memory.
@ParameterizedClass
@EnumSource(Dialect.class)
final class DeliveryLogTest {
  private static final long START = 1_770_000_000_000L;
  private static final int EVENTS = 120;
  private static final List<Long> CONNECTORS = List.of(11L, 12L, 13L, 14L);

  /// 12 is not active and 14 has been deleted.
  private static final List<Boolean> ACTIVE = List.of(true, false, true, true);

  private record Made(long id, long event, long tenant, long connector, DeliveryState state) {}

  private final Dialect dialect;

  private final HandClock clock = new HandClock(START);
  private final Ids ids = new Ids(clock, 0, 0);
  private final Random random = new Random(7);
  private final List<Made> made = new ArrayList<>();
  private final List<Long> events = new ArrayList<>();
  private final Set<Long> sending = new HashSet<>();
  private int cutShort;
  private TestDatabase opened;
  private DeliveryLog log;

  DeliveryLogTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void fill() {
    opened = TestDatabase.open(dialect, clock);
    log = new DeliveryLog(opened.database(), () -> sending);
    for (int i = 0; i < 3; i++) {
      opened.execute(
          """
          INSERT INTO connector (id, tenant, name, doc, active, revision, created_at, updated_at)
          VALUES (?, 1, ?, '{}', ?, 1, 0, 0)
          """,
          CONNECTORS.get(i),
          "c" + i,
          ACTIVE.get(i) ? 1 : 0);
    }
    var _ =
        opened
            .database()
            .write(handle -> {
              for (int i = 0; i < EVENTS; i++) {
                addEvent(handle, i % 10 == 9 ? 2 : 1);
                clock.advance(Duration.ofMillis(random.nextInt(3)));
              }
              return EVENTS;
            });
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private void addEvent(Handle handle, long tenant) {
    int count = 1 + random.nextInt(4);
    long event = ids.block(1 + count);
    events.add(event);
    handle.execute(
        """
        INSERT INTO event (id, tenant, type, occurred_at, deliveries, data)
        VALUES (?, ?, 'a.b', 0, ?, ?)
        """,
        event,
        tenant,
        count,
        new byte[] {'1'});
    for (int i = 0; i < count; i++) {
      int connector = random.nextInt(4);
      made.add(addDelivery(handle, event + 1 + i, event, tenant, connector));
    }
  }

  private Made addDelivery(Handle handle, long id, long event, long tenant, int place) {
    long connector = CONNECTORS.get(place);
    boolean gone = place == 3 || tenant == 2;
    int kind = gone ? 4 + random.nextInt(3) : random.nextInt(8);
    boolean pending = kind < 4 || kind == 7;
    boolean attempted = kind == 2 || kind == 3;
    boolean parked = kind == 1 || kind == 3;
    if (pending) {
      handle.execute(
          """
          INSERT INTO pending (id, tenant, connector, event, node, due_at, attempts, round)
          VALUES (?, ?, ?, ?, 0, ?, ?, 0)
          """,
          id,
          tenant,
          connector,
          event,
          parked ? Claims.PARKED : clock.millis(),
          attempted ? 2 : 0);
    }
    DeliveryState stored =
        switch (kind) {
          case 4 -> DeliveryState.SUCCEEDED;
          case 5 -> DeliveryState.FAILED;
          case 6 -> DeliveryState.CANCELLED;
          default -> DeliveryState.RETRYING;
        };
    if (!pending || attempted) {
      handle.execute(
          """
          INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at)
          VALUES (?, ?, ?, ?, ?, 2, ?)
          """,
          id,
          tenant,
          connector,
          event,
          stored.code(),
          pending ? null : clock.millis());
    }
    if (kind == 7) {
      sending.add(id);
    }
    DeliveryState state =
        switch (kind) {
          case 0 -> ACTIVE.get(place) ? DeliveryState.WAITING : DeliveryState.HELD;
          case 2 -> ACTIVE.get(place) ? DeliveryState.RETRYING : DeliveryState.HELD;
          case 1, 3 -> DeliveryState.HELD;
          case 7 -> DeliveryState.SENDING;
          default -> stored;
        };
    return new Made(id, event, tenant, connector, state);
  }

  @Test
  void listsWhatAFilterLeavesPageByPage() {
    listByManyFilters();
  }

  private void listByManyFilters() {
    for (int i = 0; i < 100; i++) {
      Long connector = random.nextInt(3) == 0 ? CONNECTORS.get(random.nextInt(4)) : null;
      Long event = random.nextInt(5) == 0 ? events.get(random.nextInt(EVENTS)) : null;
      Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
      for (DeliveryState state : DeliveryState.values()) {
        if (random.nextInt(4) == 0) {
          states.add(state);
        }
      }
      long from = random.nextInt(3) == 0 ? Ids.firstAt(START + random.nextInt(60)) : 0;
      long to = random.nextInt(3) == 0 ? Ids.firstAt(START + random.nextInt(150)) : Long.MAX_VALUE;
      checkList(
          new Filter(connector, event, states),
          from,
          Math.max(from, to),
          random.nextBoolean(),
          1 + random.nextInt(40));
    }
  }

  @Test
  void theStatesOfManyConnectorsAreLookedForAFewRowsAtATime() {
    manyConnectors();
    log = new DeliveryLog(opened.database(), () -> sending, 30);

    listByManyFilters();

    assertThat(cutShort).isPositive();
  }

  @Test
  void aPageLooksAtSoManyRowsAndSaysWhereItStopped() {
    log = new DeliveryLog(opened.database(), () -> sending, 10);
    var nothing = new Narrowing(null, null, null, null, null, "nowhere to be found");
    var filter = new Filter(null, null, Set.of(), nothing);
    long all = made.stream().filter(one -> one.tenant() == 1).count();

    int pages = 0;
    long after = -1;
    Page.Looked looked;
    do {
      Page<LoggedDelivery> page =
          log.list(1, filter, new Slice(0, Long.MAX_VALUE, after, true, 50));
      assertThat(page.rows()).isEmpty();
      looked = requireNonNull(page.looked());
      assertThat(looked.totalIsLeast()).isTrue();
      after = looked.last() == null ? after : looked.last();
      pages++;
    } while (looked.last() != null);

    assertThat(pages).isGreaterThanOrEqualTo((int) (all / 10));
  }

  @Test
  void aTableGoesOnWhereAPageStopsToLook() {
    log = new DeliveryLog(opened.database(), () -> sending, 10);
    var succeeded = new Filter(null, null, EnumSet.of(DeliveryState.SUCCEEDED));
    List<Long> expected =
        made.stream()
            .filter(one -> one.tenant() == 1 && one.state() == DeliveryState.SUCCEEDED)
            .map(Made::id)
            .sorted()
            .toList();
    assertThat(expected).hasSizeGreaterThan(10);

    var whole = new Slice(0, Long.MAX_VALUE, -1, false, expected.size() + 1);
    DeliveryLog.Beginning all = log.beginning(1, succeeded, whole);
    assertThat(all.rows()).extracting(LoggedDelivery::id).containsExactlyElementsOf(expected);
    assertThat(all.last()).isNull();

    DeliveryLog.Beginning some =
        log.beginning(1, succeeded, new Slice(0, Long.MAX_VALUE, -1, false, 3));
    assertThat(some.rows())
        .extracting(LoggedDelivery::id)
        .containsExactlyElementsOf(expected.subList(0, 3));
    assertThat(some.last()).isEqualTo(expected.get(2));
  }

  /// More than are asked each by itself.
  private void manyConnectors() {
    var _ =
        opened
            .database()
            .write(handle -> {
              for (int i = 0; i < 101; i++) {
                handle.execute(
                    """
                    INSERT INTO connector
                      (id, tenant, name, doc, active, revision, created_at, updated_at)
                    VALUES (?, 1, ?, '{}', 1, 1, 0, 0)
                    """,
                    1_000 + i,
                    "more " + i);
              }
              return 101;
            });
  }

  private void checkList(Filter filter, long from, long to, boolean newestFirst, int limit) {
    Comparator<Made> order = Comparator.comparingLong(Made::id);
    List<Made> expected =
        made.stream()
            .filter(one -> one.tenant() == 1)
            .filter(one -> one.id() >= from && one.id() < to)
            .filter(one -> filter.connector() == null || one.connector() == filter.connector())
            .filter(one -> filter.event() == null || one.event() == filter.event())
            .filter(one -> filter.states().isEmpty() || filter.states().contains(one.state()))
            .sorted(newestFirst ? order.reversed() : order)
            .toList();

    var found = new ArrayList<Made>();
    long after = -1;
    boolean more = true;
    while (more) {
      Page<LoggedDelivery> page =
          log.list(1, filter, new Slice(from, to, after, newestFirst, limit));
      Page.Looked looked = requireNonNull(page.looked());
      if (!looked.totalIsLeast()) {
        assertThat(page.total()).as("%s", filter).isEqualTo(expected.size());
      }
      assertThat(page.total()).as("%s", filter).isLessThanOrEqualTo(expected.size());
      for (LoggedDelivery one : page.rows()) {
        found.add(new Made(one.id(), one.event(), 1, one.connector(), one.state()));
        after = one.id();
      }
      if (looked.last() != null) {
        assertThat(page.more()).isFalse();
        after = looked.last();
        cutShort++;
      }
      more = page.more() || looked.last() != null;
    }

    assertThat(found).as("%s from %d to %d", filter, from, to).isEqualTo(expected);
  }

  @Test
  void findsEachOnlyForItsTenant() {
    for (Made one : made) {
      assertThat(log.get(one.tenant(), one.id()).map(LoggedDelivery::state)).contains(one.state());
      assertThat(log.get(3 - one.tenant(), one.id())).isEmpty();
    }
  }
}
