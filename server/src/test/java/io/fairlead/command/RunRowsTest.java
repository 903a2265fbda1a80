package io.fairlead.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Clock;
import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.command.LoggedRun.AskedTarget;
import io.fairlead.command.RunRows.Filter;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import io.fairlead.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The log of runs")
@ParameterizedClass
@EnumSource(Dialect.class)
final class RunRowsTest {
  private final TestDatabase store;
  private final RunRows rows = new RunRows();
  private final RunLog log;

  RunRowsTest(Dialect dialect) {
    store = TestDatabase.open(dialect, Clock.SYSTEM);
    log =
        new RunLog(
            store.database(), rows, new RunMeters(new SimpleMeterRegistry(), new RunTurns()));
    log.start();
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
  }

  private static LoggedRun run(long id, long tenant, String command, RunOutcome outcome) {
    boolean good = outcome == RunOutcome.ANSWERED;
    return new LoggedRun(
        id,
        tenant,
        command,
        outcome,
        new Asker(Asker.Kind.KEY, 7L, "portal"),
        1_700_000_000_000L,
        12_345,
        good ? 200 : 502,
        good ? "application/pdf" : null,
        good ? 20L << 20 : null,
        good ? null : "The third party answered 500.\0",
        List.of(
            asked("archive", null, Outcome.IGNORE, 404),
            asked("Invoices", 99L, good ? Outcome.SUCCESS : Outcome.RETRY, good ? 200 : 500)));
  }

  private static AskedTarget asked(
      String target, @Nullable Long connector, Outcome outcome, int status) {
    return new AskedTarget(
        target,
        connector,
        new Attempt(
            1_700_000_000_001L,
            2_000,
            3,
            new Sent(
                "GET https://a.example/1\nHost: a.example\n",
                false,
                Sent.BodyKind.KEPT,
                2,
                "{}".getBytes(StandardCharsets.UTF_8)),
            new Answer(status, "Content-Type: text/plain\n", 3, new byte[] {1, 0, 2}),
            outcome == Outcome.SUCCESS
                ? Judgement.SUCCESS
                : Judgement.of(outcome, ErrorClass.STATUS, "It answered " + status + ".")));
  }

  private Page<LoggedRun> list(long tenant, Filter filter, Slice slice) {
    return store.database().read(handle -> rows.list(handle, tenant, filter, slice));
  }

  private LoggedRun get(long tenant, long id) {
    return find(tenant, id).orElseThrow();
  }

  private Optional<LoggedRun> find(long tenant, long id) {
    return store.database().read(handle -> rows.get(handle, tenant, id));
  }

  @Test
  void whatIsLoggedIsRead() {
    LoggedRun bad = run(2, 1, "GetInvoiceImage", RunOutcome.FAILED);
    log.add(run(1, 1, "GetInvoiceImage", RunOutcome.ANSWERED));
    log.add(bad);
    log.close();
    LoggedRun read = get(1, 2);
    assertThat(read).usingRecursiveComparison().ignoringFields("error").isEqualTo(bad);
    assertThat(read.error()).isEqualTo("The third party answered 500.\ufffd");
    assertThat(get(1, 1).asked())
        .extracting(AskedTarget::target)
        .containsExactly("archive", "Invoices");
    assertThat(requireNonNull(get(1, 1).asked().get(1).attempt().answer()).body())
        .containsExactly(1, 0, 2);
    assertThat(find(2, 2)).isEmpty();
  }

  @Test
  void aRunWithoutAnAnswerIsLoggedToo() {
    var gone =
        new LoggedRun(
            4,
            1,
            "LoginWithToken",
            RunOutcome.GONE,
            new Asker(Asker.Kind.OPERATOR, null, "operator"),
            5,
            6,
            null,
            null,
            null,
            "The caller went away.",
            List.of(
                new AskedTarget(
                    "x",
                    null,
                    new Attempt(
                        5,
                        6,
                        0,
                        Sent.nothing(),
                        null,
                        Judgement.of(Outcome.RETRY, ErrorClass.BROKEN, "The caller went away.")))));
    log.add(gone);
    log.close();
    assertThat(get(1, 4)).usingRecursiveComparison().isEqualTo(gone);
  }

  @Test
  void isListedByCommandOutcomeAndTime() {
    for (int i = 1; i <= 6; i++) {
      log.add(
          run(
              i,
              i == 6 ? 2 : 1,
              i % 2 == 0 ? "A" : "B",
              i % 3 == 0 ? RunOutcome.FAILED : RunOutcome.ANSWERED));
    }
    log.close();
    assertThat(ids(list(1, new Filter(null, null), Slice.first(10))))
        .containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(ids(list(1, new Filter("A", null), Slice.first(10)))).containsExactly(4L, 2L);
    assertThat(ids(list(1, new Filter(null, RunOutcome.FAILED), Slice.first(10))))
        .containsExactly(3L);
    assertThat(ids(list(1, new Filter("B", RunOutcome.ANSWERED), Slice.first(10))))
        .containsExactly(5L, 1L);
    Page<LoggedRun> page = list(1, new Filter(null, null), new Slice(2, 5, -1, false, 2));
    assertThat(ids(page)).containsExactly(2L, 3L);
    assertThat(page.more()).isTrue();
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.rows().getFirst().asked()).isEmpty();
  }

  private static List<Long> ids(Page<LoggedRun> page) {
    return page.rows().stream().map(LoggedRun::id).toList();
  }

  @Test
  void aGroupThatWasWrittenAlreadyIsNoTrouble() {
    var twice = new ArrayList<LoggedRun>();
    twice.add(run(1, 1, "A", RunOutcome.ANSWERED));
    store.database().write(handle -> rows.insert(handle, twice));
    twice.add(run(2, 1, "A", RunOutcome.ANSWERED));
    store.database().write(handle -> rows.insert(handle, twice));
    assertThat(list(1, new Filter(null, null), Slice.first(10)).total()).isEqualTo(2);
  }
}
