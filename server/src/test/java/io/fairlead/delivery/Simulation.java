package io.fairlead.delivery;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.fairlead.authorization.Auth;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorSpec;
import io.fairlead.connector.Halt;
import io.fairlead.connector.LeastDelay;
import io.fairlead.connector.Policy;
import io.fairlead.connector.Trigger;
import io.fairlead.connector.Window;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.event.NewEvent;
import io.fairlead.render.BodyText;
import io.fairlead.render.Method;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Scope;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.storage.GroupCommit;
import io.fairlead.storage.GroupCommit.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A hub's delivery from one seed: the real lanes, the real group commit and the real queue, with a
/// clock, third parties and bad luck that the seed decides. After every step it holds the promises.
final class Simulation {
  /// A mistake planted on purpose, to see that the simulation finds it.
  enum Bug {
    NONE,
    /// The sender hears 202 before the commit.
    ANSWERS_BEFORE_THE_COMMIT,
    /// A claim does not pass over what the lane holds already.
    CLAIMS_WHAT_IT_HOLDS,
    /// A settlement that could not be written is forgotten and its delivery taken for free.
    FORGETS_FAILED_SETTLEMENTS,
    /// A lane does not look into the store again after a claim.
    FORGETS_THE_BACKLOG,
    /// A lane is not told of a delivery that a window holds.
    FORGETS_WHAT_IS_HELD,
    /// A least delay that began is forgotten by the next group.
    FORGETS_LEAST_DELAYS
  }

  private static final int TENANT = 1;
  private static final int STEPS = 400;
  private static final int MAX_EVENTS = 60;
  private static final long START = 1_767_225_600_000L;

  private enum Mood {
    HEALTHY,
    FAILING,
    FLAKY,
    HANGING,
    LIMITING,
    REFUSING,
    UNAUTHORIZED,
    GONE
  }

  private record Call(Delivery delivery, long endsAt, Attempt attempt) {}

  /// What became of a group, committed and not yet heard of.
  private record Report(List<Written<QueueItem, QueueResult>> written, long newest) {}

  /// A claim on its way: asked, then read, then answered.
  private record ClaimRead(Claim claim, @Nullable Claimed result) {}

  private static final class SimulatedClock implements Clock {
    private long millis = START;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }
  }

  /// What dies with the process.
  private final class Incarnation {
    private final Lanes lanes;
    private final GroupCommit<QueueItem, QueueResult> groups;
    private final Claims claims = new Claims(0);
    private final List<QueueItem> queued = new ArrayList<>();
    private final Queue<Report> unreported = new ArrayDeque<>();
    private final List<ClaimRead> reads = new ArrayList<>();
    private final Map<Long, Call> calls = new TreeMap<>();
    private final Map<Long, Integer> uncommitted = new HashMap<>();
    private final Map<Long, Long> pausedUntil = new HashMap<>();

    Incarnation() {
      var retries = new RetryPolicy(random.split());
      lanes = new Lanes(new LaneLimits(8, 20, 100_000, 6), retries, ids::next, ids.next());
      var queue = new DeliveryQueue(catalog, ids, clock, 0);
      groups = new GroupCommit<>(store, (connection, items) -> unlucky(queue, connection, items));
    }
  }

  private final long seed;
  private final Bug bug;
  private final SplittableRandom random;
  private final SplittableRandom asked;
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedStore store;
  private final Ids ids = new Ids(clock, 0, 0);
  private final Catalog catalog = new Catalog();
  private final List<Long> connectors = new ArrayList<>();
  private final Map<Long, Mood> moods = new HashMap<>();
  private final Set<Long> accepted = new HashSet<>();
  private final Set<Long> received = new HashSet<>();
  private final Map<Long, Integer> sentAs = new HashMap<>();

  /// Connectors that have been told to send no more, and that nobody has set going again.
  private final Set<Long> stopped = new HashSet<>();

  private final Set<Long> mayRepeat = new HashSet<>();
  private final Map<Long, Trigger> triggers = new HashMap<>();
  private final Map<Long, Map<Long, Long>> firstDue = new HashMap<>();
  private final StringBuilder trace = new StringBuilder();
  private boolean luckyFromNowOn;
  private int events;
  private Incarnation process;

  private Simulation(long seed, Bug bug, Path image) throws SQLException {
    this.seed = seed;
    this.bug = bug;
    this.random = new SplittableRandom(seed);
    this.asked = new SplittableRandom(~seed);
    this.store = SimulatedStore.copyOf(image);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      connectors.add(ids.next());
      triggers.put(connectors.get(i), trigger());
      change(connectors.get(i), true);
      moods.put(connectors.get(i), mood());
    }
    this.process = new Incarnation();
  }

  /// Runs a seed.
  ///
  /// @return everything that happened, the same for the same seed
  /// @throws BrokenPromise when a promise does not hold
  static String run(long seed, Bug bug, Path image) {
    Simulation simulation;
    try {
      simulation = new Simulation(seed, bug, image);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (var _ = simulation.store) {
      simulation.run();
      return simulation.trace.toString();
    } catch (SQLException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  /// A promise that does not hold, with the seed that shows it.
  static final class BrokenPromise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromise(String message) {
      super(message);
    }
  }

  private void run() throws SQLException {
    start();
    for (int step = 0; step < STEPS; step++) {
      act();
      carryOut();
      holdPromises();
    }
    finish();
  }

  /// In every other seed connectors ask for more than a type. They draw their luck elsewhere, so
  /// that the other seeds run as ever.
  private Trigger trigger() {
    if (seed % 2 != 0) {
      return new Trigger("a.*");
    }
    int from = asked.nextInt(24 * 60);
    Window window =
        asked.nextInt(3) == 0
            ? null
            : new Window(
                EnumSet.allOf(DayOfWeek.class),
                from,
                (from + 1 + asked.nextInt(1_300)) % (24 * 60) + 1,
                ZoneOffset.UTC,
                null,
                null,
                asked.nextInt(4) == 0 ? Window.Outside.DROP : Window.Outside.HOLD);
    LeastDelay delay =
        asked.nextBoolean()
            ? new LeastDelay(Duration.ofSeconds(1 + asked.nextInt(3_600)), null, 7)
            : null;
    return new Trigger("a.*", null, window, delay);
  }

  /// One thing happens, as the seed decides.
  private void act() throws SQLException {
    int dice = random.nextInt(100);
    if (dice < 22) {
      arrive();
    } else if (dice < 40) {
      commit();
    } else if (dice < 58) {
      report();
    } else if (dice < 66) {
      readClaim();
    } else if (dice < 74) {
      answerClaim();
    } else if (dice < 86) {
      endCall();
    } else if (dice < 93) {
      pass(random.nextInt(4) == 0 ? random.nextLong(7_200_000) : random.nextLong(2_000));
    } else if (dice < 95) {
      moods.put(anyConnector(), mood());
    } else if (dice < 98) {
      changeConnector(anyConnector(), random.nextInt(3) > 0);
    } else if (dice < 99) {
      retryByHand();
    } else {
      crash();
    }
  }

  private void start() {
    for (long connector : connectors) {
      tell(connector);
    }
    carryOut();
  }

  private void arrive() {
    if (events >= MAX_EVENTS) {
      return;
    }
    events++;
    byte[] data =
        ("\"" + "x".repeat(random.nextInt(2_000)) + "\"").getBytes(StandardCharsets.UTF_8);
    var event = new NewEvent(TENANT, "a.b", null, null, null, null, clock.millis(), data);
    int count = random.nextInt(5) == 0 ? 3 : 1;
    List<NewEvent> together = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      together.add(event);
    }
    process.queued.add(new QueueItem.Append(together, 0, this::answered));
  }

  /// What the sender hears.
  private void answered(List<Appended> results) {
    for (Appended result : results) {
      if (result instanceof Appended.Stored stored) {
        for (Delivery delivery : stored.deliveries()) {
          accepted.add(delivery.id());
        }
        stored.later().forEach(later -> accepted.add(later.delivery().id()));
        stored.suppressed().forEach(suppressed -> accepted.add(suppressed.delivery().id()));
      }
    }
  }

  private void commit() {
    if (process.queued.isEmpty()) {
      return;
    }
    var group = new ArrayList<>(process.queued);
    process.queued.clear();
    List<Written<QueueItem, QueueResult>> written =
        process.groups.commit(store.connection(), group);
    note("commit " + group.size());
    written.forEach(this::takeHalt);
    process.unreported.add(new Report(written, ids.next()));
    promiseLeastDelays();
    if (bug == Bug.FORGETS_LEAST_DELAYS) {
      forgetLeastDelays();
    }
    if (bug == Bug.ANSWERS_BEFORE_THE_COMMIT && random.nextInt(4) == 0) {
      undoAppends();
    }
  }

  /// The writer's thread does this before it writes anything else.
  private void takeHalt(Written<QueueItem, QueueResult> one) {
    if (one instanceof Written.Committed<QueueItem, QueueResult> done
        && done.result() instanceof QueueResult.Settled(Connector halted)
        && halted != null) {
      note("halted " + halted.id());
      catalog.put(halted);
    }
  }

  /// What is made is due far enough from all that was made before.
  private void promiseLeastDelays() {
    for (long connector : connectors) {
      LeastDelay delay = connector(connector).spec().triggers().getFirst().leastDelay();
      if (delay == null) {
        continue;
      }
      Map<Long, Long> due = firstDue.computeIfAbsent(connector, _ -> new TreeMap<>());
      try (PreparedStatement select =
              store
                  .connection()
                  .prepareStatement(
                      "SELECT id, due_at FROM pending WHERE attempts = 0 AND connector = "
                          + connector);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.putIfAbsent(row.getLong(1), row.getLong(2));
        }
        store.connection().rollback();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      List<Long> times = due.values().stream().sorted().toList();
      for (int i = 1; i < times.size(); i++) {
        promise(
            times.get(i) - times.get(i - 1) >= delay.least().toMillis(),
            "two deliveries of %d come too soon",
            connector);
      }
    }
  }

  private void forgetLeastDelays() {
    try (PreparedStatement delete = store.connection().prepareStatement("DELETE FROM cool_down")) {
      delete.executeUpdate();
      store.connection().commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What an early answer promises and a crash then takes away.
  private void undoAppends() {
    try (PreparedStatement delete =
        store
            .connection()
            .prepareStatement("DELETE FROM pending WHERE id = (SELECT max(id) FROM pending)")) {
      delete.executeUpdate();
      store.connection().commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The real step, and now and then a commit that fails, or that works and is not heard of.
  private List<QueueResult> unlucky(
      DeliveryQueue queue, Connection connection, List<QueueItem> items) throws SQLException {
    List<QueueResult> results = queue.apply(connection, items);
    int dice = luckyFromNowOn ? 100 : random.nextInt(100);
    if (dice < 6) {
      throw new SQLException("disk is full", SimulatedStore.OUTAGE);
    }
    if (dice < 10) {
      connection.commit();
      throw new SQLException("connection lost", SimulatedStore.OUTAGE);
    }
    return results;
  }

  private void report() {
    Report report = process.unreported.poll();
    if (report == null) {
      return;
    }
    boolean outage = false;
    for (Written<QueueItem, QueueResult> one : report.written()) {
      switch (one) {
        case Written.Committed<QueueItem, QueueResult> done -> committed(done);
        case Written.Failed<QueueItem, QueueResult> failed -> {
          outage = true;
          failed(failed);
        }
      }
    }
    if (outage) {
      process.lanes.recheck(report.newest(), clock.millis());
    }
  }

  private void committed(Written.Committed<QueueItem, QueueResult> done) {
    switch (done.item()) {
      case QueueItem.Settle settle -> {
        process.uncommitted.remove(settle.settlement().delivery().id());
        if (done.result() instanceof QueueResult.Settled(Connector halted) && halted != null) {
          tell(halted.id());
        }
        process.lanes.settled(settle.settlement(), clock.millis());
      }
      case QueueItem.Append append -> {
        List<Appended> results = ((QueueResult.OfAppend) done.result()).appended();
        append.answer().accept(results);
        for (Appended result : results) {
          if (result instanceof Appended.Stored stored) {
            stored.deliveries().forEach(d -> process.lanes.arrived(d, clock.millis()));
            if (bug != Bug.FORGETS_WHAT_IS_HELD) {
              for (Appended.Later later : stored.later()) {
                process.lanes.waits(later.delivery(), later.dueAt(), clock.millis());
              }
            }
          }
        }
      }
    }
  }

  private void failed(Written.Failed<QueueItem, QueueResult> failed) {
    switch (failed.item()) {
      case QueueItem.Settle settle -> {
        if (bug == Bug.FORGETS_FAILED_SETTLEMENTS) {
          process.lanes.settled(settle.settlement(), clock.millis());
        } else {
          process.lanes.notSettled(settle.settlement(), clock.millis());
        }
      }
      case QueueItem.Append append -> {}
    }
  }

  private void readClaim() throws SQLException {
    for (int i = 0; i < process.reads.size(); i++) {
      ClaimRead read = process.reads.get(i);
      if (read.result() == null) {
        process.reads.set(i, new ClaimRead(read.claim(), read(read.claim())));
        return;
      }
    }
  }

  private Claimed read(Claim claim) throws SQLException {
    Claim asked =
        bug == Bug.CLAIMS_WHAT_IT_HOLDS
            ? new Claim(claim.connector(), claim.limit(), claim.bytes(), Set.of())
            : claim;
    Claimed claimed = process.claims.read(store.connection(), asked, clock.millis());
    store.connection().rollback();
    return bug == Bug.FORGETS_THE_BACKLOG
        ? new Claimed(claimed.due(), false, claimed.nextDueAt())
        : claimed;
  }

  private void answerClaim() {
    if (process.reads.isEmpty()) {
      return;
    }
    ClaimRead read = process.reads.get(random.nextInt(process.reads.size()));
    long connector = read.claim().connector();
    Claimed result = read.result();
    if (result != null) {
      note(
          "claimed "
              + connector
              + " "
              + result.due().stream().map(Delivery::id).toList()
              + result.more());
      process.reads.remove(read);
      process.lanes.claimed(connector, result, clock.millis());
    } else if (!luckyFromNowOn && random.nextInt(10) == 0) {
      process.reads.remove(read);
      process.lanes.notClaimed(connector, clock.millis());
    }
  }

  private void endCall() {
    for (Call call : process.calls.values()) {
      if (call.endsAt() <= clock.millis()) {
        end(call);
        return;
      }
    }
  }

  private void end(Call call) {
    process.calls.remove(call.delivery().id());
    long connector = call.delivery().connector();
    if (call.attempt().outcome() == Outcome.SUCCESS) {
      received.add(call.delivery().id());
    }
    if (call.attempt().outcome() == Outcome.RATE_LIMITED) {
      Long asked = call.attempt().retryAfterMillis();
      long until = clock.millis() + (asked == null ? 0 : asked);
      process.pausedUntil.merge(connector, until, Math::max);
    }
    if (call.attempt().judgement().outcome() == Outcome.AUTH_EXPIRED
        || call.attempt().judgement().outcome() == Outcome.DISABLE) {
      stopped.add(connector);
    }
    note("end " + call.delivery().id() + " " + call.attempt().outcome());
    process.lanes.ended(call.delivery(), call.attempt(), clock.millis());
  }

  private void pass(long millis) {
    clock.millis += millis;
    process.lanes.tick(clock.millis());
  }

  private void changeConnector(long connector, boolean active) throws SQLException {
    stopped.remove(connector);
    change(connector, active);
    tell(connector);
  }

  /// As people do it: whatever halted it does so no more.
  private void change(long connector, boolean active) throws SQLException {
    update(
        """
        INSERT INTO connector (id, tenant, name, doc, active, revision, created_at, updated_at)
        VALUES (%1$d, 1, 'c%1$d', '{}', %2$d, 1, 0, 0)
        ON CONFLICT (id) DO UPDATE SET active = excluded.active, halt = NULL, halt_reason = NULL
        """
            .formatted(connector, active ? 1 : 0));
    store.connection().commit();
    put(connector, active, null);
  }

  private void put(long connector, boolean active, @Nullable Halt halt) {
    var policy =
        new Policy(Duration.ofSeconds(30), List.of(schedule(), schedule()), 1 + random.nextInt(4));
    var text =
        new RequestText(
            Method.POST, "http://example.com/", List.of(), List.of(), BodyText.ByMethod.BY_METHOD);
    var compiled = (RequestPlan.Compiled.Ready) RequestPlan.compile(text, Scope.of("default", "c"));
    catalog.put(
        new Connector(
            connector,
            TENANT,
            "default",
            ConnectorSpec.of(
                "c" + connector,
                text,
                List.of(triggers.getOrDefault(connector, new Trigger("a.*"))),
                policy),
            Auth.NONE,
            active,
            halt,
            1,
            START,
            START,
            compiled.plan()));
  }

  private Duration schedule() {
    return Duration.ofSeconds(1 + random.nextInt(3_600));
  }

  private void tell(long id) {
    Connector connector = connector(id);
    note("connector " + id + " " + connector.runs());
    Policy policy = connector.spec().policy();
    process.lanes.connector(
        new LaneRules(id, connector.runs(), policy.concurrency(), policy.retrySchedule()),
        clock.millis());
  }

  private Connector connector(long id) {
    Connector connector = catalog.get(id);
    if (connector == null) {
      throw new IllegalStateException();
    }
    return connector;
  }

  /// As Retries does it.
  private void retryByHand() throws SQLException {
    long failed = store.number("SELECT id FROM delivery WHERE state = 6 ORDER BY id LIMIT 1");
    if (failed < 0) {
      return;
    }
    long connector = store.number("SELECT connector FROM delivery WHERE id = " + failed);
    update("UPDATE delivery SET state = 2, ended_at = NULL WHERE id = " + failed);
    update(
        """
        INSERT INTO pending (id, tenant, connector, event, node, due_at, attempts, round)
        SELECT id, tenant, connector, event, 0, %d, attempts, attempts FROM delivery WHERE id = %d
        """
            .formatted(clock.millis(), failed));
    store.connection().commit();
    process.lanes.moreDue(connector, clock.millis());
  }

  private void update(String sql) throws SQLException {
    try (PreparedStatement statement = store.connection().prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  /// The process dies and another starts on what is on disk.
  private void crash() throws SQLException {
    note("crash");
    stopped.clear();
    for (long connector : connectors) {
      long halt = store.number("SELECT halt + 1 FROM connector WHERE id = " + connector);
      boolean halted = halt > 0;
      put(
          connector,
          connector(connector).active(),
          halted ? new Halt(Halt.Cause.values()[(int) halt - 1], "So.") : null);
    }
    mayRepeat.addAll(process.calls.keySet());
    mayRepeat.addAll(process.uncommitted.keySet());
    process = new Incarnation();
    start();
  }

  /// Does what the lanes want, as the dispatcher does.
  private void carryOut() {
    List<LaneAction> actions = process.lanes.takeActions();
    while (!actions.isEmpty()) {
      for (LaneAction action : actions) {
        switch (action) {
          case LaneAction.Send send -> send(send.delivery());
          case LaneAction.Settle settle ->
              process.queued.add(new QueueItem.Settle(settle.settlement()));
          case Claim claim -> {
            note("claim " + claim);
            process.reads.add(new ClaimRead(claim, null));
          }
        }
      }
      actions = process.lanes.takeActions();
    }
  }

  private void send(Delivery delivery) {
    long id = delivery.id();
    note("send " + id + " " + delivery.attempts());
    promise(!process.calls.containsKey(id), "two attempts of %d at once", id);
    promise(!process.uncommitted.containsKey(id), "%d is sent before its attempt is settled", id);
    promise(connector(delivery.connector()).runs(), "%d is sent though inactive", id);
    promise(!stopped.contains(delivery.connector()), "%d is sent though no more is wanted", id);
    long limit = connector(delivery.connector()).spec().policy().concurrency();
    long now =
        process.calls.values().stream()
            .filter(call -> call.delivery().connector() == delivery.connector())
            .count();
    promise(now < limit, "the lane of %d passes its limit", id);
    promise(
        process.pausedUntil.getOrDefault(delivery.connector(), 0L) <= clock.millis(),
        "the lane of %d sends though it is paused",
        id);
    promiseStillPending(delivery);
    promiseDue(delivery);
    promiseNoRepeat(delivery);
    process.uncommitted.put(id, delivery.attempts());
    process.calls.put(id, call(delivery));
  }

  private void promiseStillPending(Delivery delivery) {
    try {
      long attempts = store.number("SELECT attempts FROM pending WHERE id = " + delivery.id());
      promise(attempts == delivery.attempts(), "%d is sent after a committed end", delivery.id());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void promiseDue(Delivery delivery) {
    try {
      long due = store.number("SELECT due_at FROM pending WHERE id = " + delivery.id());
      promise(due <= clock.millis(), "%d is sent before it is due", delivery.id());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void promiseNoRepeat(Delivery delivery) {
    Integer before = sentAs.put(delivery.id(), delivery.attempts());
    boolean repeat = before != null && before == delivery.attempts();
    promise(
        !repeat || mayRepeat.remove(delivery.id()),
        "%d is repeated though it was not under way in a crash",
        delivery.id());
  }

  private Call call(Delivery delivery) {
    Mood mood = moods.getOrDefault(delivery.connector(), Mood.HEALTHY);
    return switch (mood) {
      case HEALTHY -> new Call(delivery, clock.millis() + random.nextInt(200), success());
      case FAILING -> new Call(delivery, clock.millis() + 5, retry(null));
      case FLAKY ->
          new Call(delivery, clock.millis() + 50, random.nextBoolean() ? success() : retry(null));
      case HANGING -> new Call(delivery, clock.millis() + 30_000, retry(null));
      case LIMITING ->
          new Call(
              delivery,
              clock.millis() + 5,
              attempt(Outcome.RATE_LIMITED, ErrorClass.STATUS, 1_000L * random.nextInt(90)));
      case REFUSING ->
          new Call(delivery, clock.millis() + 5, attempt(Outcome.FAIL, ErrorClass.STATUS, null));
      case UNAUTHORIZED ->
          new Call(
              delivery, clock.millis() + 5, attempt(Outcome.AUTH_EXPIRED, ErrorClass.AUTH, null));
      case GONE ->
          new Call(delivery, clock.millis() + 5, attempt(Outcome.DISABLE, ErrorClass.STATUS, null));
    };
  }

  private Attempt success() {
    return attempt(Outcome.SUCCESS, null, null);
  }

  private Attempt retry(@Nullable Long retryAfter) {
    return attempt(Outcome.RETRY, ErrorClass.BROKEN, retryAfter);
  }

  private Attempt attempt(
      Outcome outcome, @Nullable ErrorClass errorClass, @Nullable Long retryAfter) {
    return new Attempt(
        clock.millis(),
        1_000,
        1,
        Sent.nothing(),
        null,
        new Judgement(
            outcome,
            errorClass,
            errorClass == null ? null : "It did not work.",
            retryAfter,
            null,
            null));
  }

  private void holdPromises() throws SQLException {
    long known =
        store.number(
            """
            SELECT (SELECT count(*) FROM pending)
              + (SELECT count(*) FROM delivery d WHERE d.state >= 4)
            """);
    promise(known >= accepted.size(), "something accepted is lost: %d are known", known);
    promise(process.lanes.windowed() <= 20 + connectors.size(), "the windows are too large");
    if (isQuiet()) {
      promiseNothingDueWaits();
    }
  }

  private boolean isQuiet() {
    return process.queued.isEmpty() && process.unreported.isEmpty() && process.reads.isEmpty();
  }

  private void promiseNothingDueWaits() throws SQLException {
    pass(600);
    carryOut();
    if (!isQuiet()) {
      return;
    }
    for (long connector : connectors) {
      Connector now = connector(connector);
      long underWay =
          process.calls.values().stream()
              .filter(call -> call.delivery().connector() == connector)
              .count();
      boolean free =
          now.runs()
              && !stopped.contains(connector)
              && underWay < now.spec().policy().concurrency()
              && process.pausedUntil.getOrDefault(connector, 0L) <= clock.millis();
      if (free) {
        long due =
            store.number(
                "SELECT count(*) FROM pending WHERE connector = %d AND due_at <= %d"
                    .formatted(connector, clock.millis()));
        promise(due <= underWay, "%d waits though its lane is free", due - underWay);
      }
    }
  }

  /// Everything heals, and everything accepted must end.
  private void finish() throws SQLException {
    luckyFromNowOn = true;
    for (long connector : connectors) {
      moods.put(connector, Mood.HEALTHY);
      changeConnector(connector, true);
    }
    for (int i = 0; i < 20_000 && !isDone(); i++) {
      commit();
      report();
      carryOut();
      readClaim();
      answerClaim();
      carryOut();
      endCall();
      carryOut();
      goOn();
      pass(i % 10 == 0 ? 3_600_000 / 4 : 50);
      carryOut();
      holdPromises();
    }
    promise(isDone(), "something never ends");
    promiseEveryEndIsTrue();
  }

  /// What a call that was under way has halted at the end is set going again.
  private void goOn() throws SQLException {
    for (long connector : connectors) {
      if (connector(connector).halt() != null || stopped.contains(connector)) {
        changeConnector(connector, true);
      }
    }
  }

  private boolean isDone() throws SQLException {
    return isQuiet()
        && process.calls.isEmpty()
        && store.number("SELECT count(*) FROM pending") == 0;
  }

  private void promiseEveryEndIsTrue() throws SQLException {
    for (long delivery : accepted) {
      long state = store.number("SELECT state FROM delivery WHERE id = " + delivery);
      promise(state >= 4, "%d has no end", delivery);
    }
    try (PreparedStatement select =
            store.connection().prepareStatement("SELECT id FROM delivery WHERE state = 4");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        promise(received.contains(row.getLong(1)), "%d never arrived", row.getLong(1));
      }
    }
    long attempts =
        store.number(
            """
            SELECT count(*) FROM delivery d WHERE d.state <> 8 AND d.attempts <> 1 +
              (SELECT count(*) FROM attempt a WHERE a.delivery = d.id)
            """);
    promise(attempts == 0, "%d deliveries do not have the attempts that they count", attempts);
  }

  @FormatMethod
  private void promise(boolean holds, @FormatString String what, Object... about) {
    if (!holds) {
      throw new BrokenPromise("seed " + seed + ": " + what.formatted(about) + "\n" + trace);
    }
  }

  private void note(String what) {
    trace.append(clock.millis).append(' ').append(what).append('\n');
  }

  private long anyConnector() {
    return connectors.get(random.nextInt(connectors.size()));
  }

  private Mood mood() {
    return Mood.values()[random.nextInt(Mood.values().length)];
  }
}
