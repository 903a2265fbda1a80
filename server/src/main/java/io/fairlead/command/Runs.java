package io.fairlead.command;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.call.Asked;
import io.fairlead.call.Attempt;
import io.fairlead.call.Caller;
import io.fairlead.call.Occasion;
import io.fairlead.command.LoggedRun.AskedTarget;
import io.fairlead.command.RunProblem.Said;
import io.fairlead.http.Answering;
import io.fairlead.http.Cancel;
import io.fairlead.http.Header;
import io.fairlead.http.Opening.Opened;
import io.fairlead.http.Reply;
import io.fairlead.http.Response;
import io.fairlead.http.StreamEnd;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs commands: asks the targets one after the other until one has an answer, decides, and passes
/// the answer on. One for each event loop, used only on it.
///
/// A run sets no connector's halt, whatever the third party says of its credential: what a stranger
/// typed into a form may not stop the tenant's deliveries, and the person who waits sees the 502 at
/// once. The next delivery finds out for itself.
public final class Runs {
  private static final byte[] NOTHING = {};
  private static final int EXCERPT = 1_000;
  private static final int LONGEST_PART = 40;

  /// How much of a document is logged where that is wanted: as much as of any answer.
  private static final int KEPT = 64 << 10;

  private static final Duration COME_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private final Caller caller;
  private final RunTurns turns;
  private final RunLog log;
  private final RunMeters meters;
  private final Ids ids;
  private final Clock clock;
  private final Set<Run> underWay = new HashSet<>();
  private boolean stopping;

  /// @param caller of the loop
  /// @param turns of all loops
  public Runs(Caller caller, RunTurns turns, RunLog log, RunMeters meters, Ids ids, Clock clock) {
    this.caller = caller;
    this.turns = turns;
    this.log = log;
    this.meters = meters;
    this.ids = ids;
    this.clock = clock;
  }

  /// Runs a command.
  ///
  /// @param answering is answered exactly once, unless the caller goes away
  /// @param problems writes a problem for this caller
  /// @throws Refused when too many of the tenant's runs are under way, or the hub is stopping
  public void run(RunOrder order, Answering answering, Function<RunProblem, Response> problems) {
    if (stopping) {
      throw new Refused(
          Problem.unavailable("The hub is stopping. Run it again.", Duration.ofSeconds(2)));
    }
    if (!turns.take(order.tenant(), order.most())) {
      meters.refused(order.command().name());
      throw new Refused(
          new Problem(
              Kind.TOO_MANY_REQUESTS,
              "%,d runs of commands are under way already, which is this tenant's limit."
                  .formatted(order.most()),
              List.of(),
              COME_AGAIN));
    }
    new Run(order, answering, problems).begin();
  }

  /// Counts what was refused before it came here.
  ///
  /// @param command the name of a command that there is
  public void refused(String command) {
    meters.refused(command);
  }

  /// Takes no more runs.
  public void drain() {
    stopping = true;
  }

  /// Ends every run that is under way.
  public void cut(String sentence) {
    for (Run run : List.copyOf(underWay)) {
      run.interrupt(RunOutcome.STOPPED, sentence);
    }
  }

  /// One run from its beginning to its log.
  private final class Run {
    private final RunOrder order;
    private final Answering answering;
    private final Function<RunProblem, Response> problems;
    private final long id = ids.next();
    private final String publicId = Ids.text(LoggedRun.PREFIX, id);
    private final long startedAt = clock.millis();
    private final long started = clock.nanos();
    private final byte[] inputs;
    private final List<AskedTarget> asked = new ArrayList<>();
    private int next;
    private @Nullable Cancel call;
    private @Nullable RunOutcome interrupted;
    private boolean over;

    Run(RunOrder order, Answering answering, Function<RunProblem, Response> problems) {
      this.order = order;
      this.answering = answering;
      this.problems = problems;
      this.inputs = JsonWriter.bytes(order.inputs());
    }

    void begin() {
      underWay.add(this);
      answering.onGone(() -> interrupt(RunOutcome.GONE, "The caller went away."));
      askNext();
    }

    private void askNext() {
      RunOrder.Ask ask = order.asks().get(next++);
      Duration left = order.deadline().minusNanos(clock.nanos() - started);
      if (!left.isPositive()) {
        end(problem(Kind.THIRD_PARTY_TIMEOUT, late(), null), RunOutcome.TIMEOUT);
        return;
      }
      Occasion occasion = Occasion.run(id, order.command().name(), inputs, startedAt);
      int turn = next;
      Cancel asking = caller.open(ask.connector(), occasion, left, answer -> asked(ask, answer));
      // It may have been answered already, and the next been asked.
      if (!over && turn == next) {
        call = asking;
      }
    }

    private void asked(RunOrder.Ask ask, Asked answer) {
      switch (answer) {
        case Asked.Failed(Attempt attempt) -> failed(ask, attempt);
        case Asked.Answered answered -> answered(ask, answered);
      }
    }

    private void failed(RunOrder.Ask ask, Attempt attempt) {
      note(ask, attempt);
      if (!endIfInterrupted()) {
        endFailed(ask, attempt, null);
      }
    }

    private void answered(RunOrder.Ask ask, Asked.Answered answered) {
      Opened opened = answered.answer();
      long size = opened.complete() ? opened.first().length : Long.MAX_VALUE;
      var known =
          new Reply.Answered(
              opened.status(), opened.headers(), opened.first(), size, opened.nanos());
      Verdict verdict = check(ask, answered).check(known, clock.millis());
      switch (verdict) {
        case Verdict.Unread unread ->
            opened.rest().collect(AnswerCheck.MOST_READ, whole -> read(ask, answered, whole));
        case Verdict.Document document -> stream(ask, answered, document);
        case Verdict.JsonText _, Verdict.Worked _, Verdict.NotThere _, Verdict.Bad _ -> {
          if (!opened.complete()) {
            opened.rest().cancel("The rest of the answer is not needed.");
          }
          decided(ask, answered, known, verdict);
        }
      }
    }

    private AnswerCheck check(RunOrder.Ask ask, Asked.Answered answered) {
      return new AnswerCheck(
          order.command().answer(), ask.notFound(), answered.judge(), answered.mask()::mask);
    }

    /// The whole body is here, or it broke on its way.
    private void read(RunOrder.Ask ask, Asked.Answered answered, Reply reply) {
      switch (reply) {
        case Reply.Broke broke -> {
          Judgement judgement = judgement(broke);
          note(ask, attempt(answered, answered.answer().first(), judgement));
          if (!endIfInterrupted()) {
            endFailed(ask, asked.getLast().attempt(), answered);
          }
        }
        case Reply.Answered whole -> {
          Verdict verdict = check(ask, answered).check(whole, clock.millis());
          if (verdict instanceof Verdict.Document document) {
            document(ask, answered, whole, document);
          } else {
            decided(ask, answered, whole, verdict);
          }
        }
      }
    }

    private Judgement judgement(Reply.Broke broke) {
      return switch (broke.failure()) {
        case TIMEOUT -> Judgement.of(Outcome.RETRY, ErrorClass.TIMEOUT, late());
        case CONNECT, TLS, BROKEN ->
            Judgement.of(Outcome.RETRY, ErrorClass.BROKEN, broke.sentence());
      };
    }

    private void decided(
        RunOrder.Ask ask, Asked.Answered answered, Reply.Answered known, Verdict verdict) {
      switch (verdict) {
        case Verdict.JsonText(Judgement judgement) -> {
          note(ask, attempt(answered, known.body(), judgement));
          answerJson(known.body());
        }
        case Verdict.Worked(Judgement judgement) -> {
          note(ask, attempt(answered, known.body(), judgement));
          answerNothing();
        }
        case Verdict.NotThere(Judgement judgement) -> {
          note(ask, attempt(answered, known.body(), judgement));
          notThere(ask, answered, known);
        }
        case Verdict.Bad(RunOutcome outcome, Judgement judgement) -> {
          note(ask, attempt(answered, known.body(), judgement));
          bad(ask, answered, known, outcome, judgement);
        }
        case Verdict.Document _, Verdict.Unread _ ->
            throw new IllegalStateException("this is not decided by a whole answer");
      }
    }

    /// Falls back to the next target, while nothing has gone to the caller.
    private void notThere(RunOrder.Ask ask, Asked.Answered answered, Reply.Answered known) {
      if (next < order.asks().size()) {
        askNext();
        return;
      }
      String sentence =
          order.asks().size() == 1
              ? "%s has no such thing.".formatted(ask.name())
              : "None of the %d targets has such a thing.".formatted(order.asks().size());
      end(
          problem(
              Kind.NOTHING_FOUND, sentence, said(ask, answered, known.body(), ErrorClass.STATUS)),
          RunOutcome.NOT_FOUND);
    }

    private void bad(
        RunOrder.Ask ask,
        Asked.Answered answered,
        Reply.Answered known,
        RunOutcome outcome,
        Judgement judgement) {
      Said said = said(ask, answered, known.body(), judgement.errorClass());
      String sentence = sentence(judgement);
      if (outcome == RunOutcome.RATE_LIMITED) {
        Problem limits = new Problem(Kind.THIRD_PARTY_LIMITS, sentence, List.of(), wait(judgement));
        end(new RunProblem(limits, publicId, said), outcome);
      } else {
        end(problem(Kind.THIRD_PARTY_FAILED, sentence, said), outcome);
      }
    }

    private static Duration wait(Judgement judgement) {
      Long asked = judgement.retryAfterMillis();
      Long delay = judgement.delayMillis();
      long millis = Math.max(asked == null ? 0 : asked, delay == null ? 0 : delay);
      // Seconds are what the header has: rounded up, not down to too early.
      Duration wait = Duration.ofSeconds(Math.ceilDiv(millis, 1_000));
      return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /// @param answered null when no answer had begun
    private void endFailed(RunOrder.Ask ask, Attempt attempt, Asked.@Nullable Answered answered) {
      ErrorClass error = attempt.errorClass();
      String sentence = sentence(attempt.judgement());
      Said said =
          answered == null
              ? new Said(ask.name(), null, error, null, null)
              : said(ask, answered, answered.answer().first(), error);
      if (error == ErrorClass.TIMEOUT) {
        boolean ours = clock.nanos() - started >= order.deadline().toNanos();
        end(problem(Kind.THIRD_PARTY_TIMEOUT, ours ? late() : sentence, said), RunOutcome.TIMEOUT);
      } else if (error == ErrorClass.RENDER) {
        end(problem(Kind.INVALID_INPUTS, sentence, null), RunOutcome.FAILED);
      } else {
        end(problem(Kind.THIRD_PARTY_FAILED, sentence, said), RunOutcome.FAILED);
      }
    }

    private static String sentence(Judgement judgement) {
      String error = judgement.error();
      return error == null ? "The third party failed." : error;
    }

    private void stream(RunOrder.Ask ask, Asked.Answered answered, Verdict.Document document) {
      Opened opened = answered.answer();
      long most = ((Wanted.Document) order.command().answer()).mostBytes();
      if (order.keepDocuments()) {
        opened.rest().keep(KEPT);
      }
      answering.stream(
          200,
          headers(answered, document),
          opened,
          most,
          end -> streamed(ask, answered, document, end));
    }

    private List<Header> headers(Asked.Answered answered, Verdict.Document document) {
      List<Header> headers = answered.answer().headers();
      return AnswerHeaders.document(
          document.type(),
          Header.first(headers, "Content-Type"),
          FileName.of(Header.first(headers, "Content-Disposition"), nameParts(), document.type()),
          publicId);
    }

    /// `GetInvoiceImage-INV0000001`, for documents whose maker gives them no name.
    private List<String> nameParts() {
      var parts = new ArrayList<String>();
      parts.add(order.command().name());
      for (Input input : order.command().inputs()) {
        Json value = order.inputs().get(input.name());
        String text =
            value instanceof JsonString(String string)
                ? string
                : value instanceof JsonNumber(String number) ? number : "";
        if (!text.isEmpty() && text.length() <= LONGEST_PART) {
          parts.add(text);
        }
      }
      return parts;
    }

    private void streamed(
        RunOrder.Ask ask, Asked.Answered answered, Verdict.Document document, StreamEnd end) {
      byte[] kept = kept(answered.answer());
      StreamEnd.Why why = end.why();
      String broke = end.broke();
      Judgement judgement =
          why == null
                  || broke == null
                  || why == StreamEnd.Why.CALLER_GONE
                  || why == StreamEnd.Why.CALLER_STALLED
              ? document.judgement()
              : Judgement.of(Outcome.FAIL, ErrorClass.BROKEN, broke);
      note(ask, answered.attempt(kept, end.bytes(), judgement, clock.nanos()));
      if (!end.begun() && interrupted == null && why != StreamEnd.Why.CALLER_GONE) {
        Said said =
            new Said(
                ask.name(),
                answered.answer().status(),
                judgement.errorClass(),
                document.type(),
                null);
        end(problem(Kind.THIRD_PARTY_FAILED, sentence(judgement), said), RunOutcome.FAILED);
        return;
      }
      finish(outcome(why), 200, document.type(), end.bytes(), broke);
    }

    private byte[] kept(Opened opened) {
      if (!order.keepDocuments()) {
        return NOTHING;
      }
      return opened.complete() ? opened.first() : opened.rest().kept();
    }

    private RunOutcome outcome(StreamEnd.@Nullable Why why) {
      RunOutcome as = interrupted;
      if (as != null) {
        return as;
      }
      return switch (why) {
        case null -> RunOutcome.ANSWERED;
        case CALLER_GONE -> RunOutcome.GONE;
        case CALLER_STALLED, THIRD_PARTY_STALLED, THIRD_PARTY_BROKE, TOO_LARGE -> RunOutcome.BROKEN;
      };
    }

    /// A document that had to be read whole for a rule.
    private void document(
        RunOrder.Ask ask,
        Asked.Answered answered,
        Reply.Answered whole,
        Verdict.Document document) {
      byte[] kept = order.keepDocuments() ? whole.body() : NOTHING;
      note(ask, answered.attempt(kept, whole.bodySize(), document.judgement(), clock.nanos()));
      answering.answer(new Response(200, headers(answered, document), whole.body()));
      finish(RunOutcome.ANSWERED, 200, document.type(), whole.bodySize(), null);
    }

    private void answerJson(byte[] body) {
      FileName name = FileName.of(null, List.of(order.command().name()), "application/json");
      answering.answer(new Response(200, AnswerHeaders.json(name, publicId), body));
      finish(RunOutcome.ANSWERED, 200, "application/json", (long) body.length, null);
    }

    private void answerNothing() {
      answering.answer(new Response(204, AnswerHeaders.nothing(publicId), NOTHING));
      finish(RunOutcome.ANSWERED, 204, null, null, null);
    }

    private RunProblem problem(Kind kind, String sentence, @Nullable Said said) {
      return new RunProblem(Problem.of(kind, sentence), publicId, said);
    }

    private String late() {
      return "There was no answer within %d seconds, the deadline of the run."
          .formatted(order.deadline().toSeconds());
    }

    private Said said(
        RunOrder.Ask ask, Asked.Answered answered, byte[] body, @Nullable ErrorClass error) {
      Opened opened = answered.answer();
      String type = Header.first(opened.headers(), "Content-Type");
      return new Said(
          ask.name(),
          opened.status(),
          error,
          type == null ? null : answered.mask().mask(cut(type, 200)),
          excerpt(answered, body));
    }

    /// How a body begins, when it is text.
    private @Nullable String excerpt(Asked.Answered answered, byte[] body) {
      byte[] begins = Arrays.copyOf(body, Math.min(body.length, 4 * EXCERPT));
      byte[] masked = answered.mask().mask(begins, true);
      // The cut may have gone through a character.
      for (int end = masked.length; end > Math.max(0, masked.length - 4); end--) {
        if (JsonReader.isUtf8(masked, 0, end)) {
          String text = new String(masked, 0, end, StandardCharsets.UTF_8);
          return text.indexOf('\0') >= 0 ? null : cut(text, EXCERPT);
        }
      }
      return null;
    }

    private static String cut(String text, int most) {
      if (text.length() <= most) {
        return text;
      }
      int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
      return text.substring(0, end) + "…";
    }

    /// Ends the run before its time: the caller is gone, or the hub stops.
    void interrupt(RunOutcome as, String sentence) {
      if (over || interrupted != null) {
        return;
      }
      interrupted = as;
      Cancel under = call;
      if (under != null) {
        under.cancel(sentence);
      }
      var _ = endIfInterrupted();
    }

    private boolean endIfInterrupted() {
      RunOutcome as = interrupted;
      if (as == null || over) {
        return as != null;
      }
      if (as == RunOutcome.STOPPED) {
        Problem stopped =
            Problem.unavailable("The hub was stopped during the run. Run it again.", COME_AGAIN);
        end(new RunProblem(stopped, publicId, null), as);
      } else {
        finish(as, null, null, null, "The caller went away before there was an answer.");
      }
      return true;
    }

    private void end(RunProblem problem, RunOutcome outcome) {
      answering.answer(problems.apply(problem));
      finish(outcome, problem.problem().kind().status(), null, null, problem.problem().detail());
    }

    private void note(RunOrder.Ask ask, Attempt attempt) {
      asked.add(new AskedTarget(ask.name(), ask.shared(), attempt));
    }

    /// An answer that was read, as far as it is kept.
    private Attempt attempt(Asked.Answered answered, byte[] body, Judgement judgement) {
      Opened opened = answered.answer();
      long size = Math.max(body.length, opened.declared());
      return answered.attempt(body, size, judgement, clock.nanos());
    }

    private void finish(
        RunOutcome outcome,
        @Nullable Integer status,
        @Nullable String contentType,
        @Nullable Long size,
        @Nullable String error) {
      if (over) {
        return;
      }
      over = true;
      call = null;
      underWay.remove(this);
      turns.end(order.tenant());
      long micros = (clock.nanos() - started) / 1_000;
      meters.ended(order.command().name(), outcome, micros);
      log.add(
          new LoggedRun(
              id,
              order.tenant(),
              order.command().name(),
              outcome,
              order.asker(),
              startedAt,
              micros,
              status,
              contentType,
              size,
              error,
              asked));
    }
  }
}
