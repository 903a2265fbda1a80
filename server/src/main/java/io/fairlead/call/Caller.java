package io.fairlead.call;

import io.fairlead.base.Clock;
import io.fairlead.connector.Connector;
import io.fairlead.http.Cancel;
import io.fairlead.http.HttpClient;
import io.fairlead.http.Inflow;
import io.fairlead.http.Names;
import io.fairlead.http.Opening;
import io.fairlead.http.Outgoing;
import io.fairlead.http.Reply;
import io.fairlead.render.Origin;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.response.ResponseSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes calls: gate, make the request, send, classify. One for each loop, used only on it.
public final class Caller {
  private static final int MOST_PREPARED = 20_000;
  private static final int MOST_UNSAVED = 1_000;

  private final HttpClient client;
  private final Names names;
  private final Gate gate;
  private final Clock clock;
  private final RequestMaker maker;
  private final HashMap<Long, Prepared> prepared = new HashMap<>();
  private final IdentityHashMap<Connector, Prepared> unsaved = new IdentityHashMap<>();

  /// @param client of the caller's loop
  /// @param names of the caller's loop
  /// @param maker makes the requests
  public Caller(HttpClient client, Names names, Gate gate, Clock clock, RequestMaker maker) {
    this.client = client;
    this.names = names;
    this.gate = gate;
    this.clock = clock;
    this.maker = maker;
  }

  /// Makes one attempt.
  ///
  /// @param done hears of the attempt exactly once, on the loop, possibly before this returns
  /// @return ends the attempt at once, as BROKEN with the sentence given
  public Cancel call(Connector connector, Occasion occasion, Consumer<Attempt> done) {
    var attempt = new Whole(prepared(connector), occasion, done);
    attempt.start();
    return attempt;
  }

  /// Makes a call whose answer is taken piece by piece. GET and HEAD are sent once more, to another
  /// address where there is one, when no connection could be made or it ended before a byte of an
  /// answer came; anything else is sent once.
  ///
  /// @param timeLeft until an answer has to have begun; the connector's own timeout holds too
  /// @param done hears of it exactly once, on the loop, possibly before this returns
  /// @return ends the call at once, before the answer has begun and after
  public Cancel open(Connector target, Occasion occasion, Duration timeLeft, Consumer<Asked> done) {
    var asking = new Asking(prepared(target), occasion, timeLeft, done);
    asking.start();
    return asking;
  }

  /// Commands have requests of their own, which are no connectors and have no numbers.
  private Prepared unsaved(Connector connector) {
    Prepared before = unsaved.get(connector);
    if (before != null) {
      return before;
    }
    if (unsaved.size() >= MOST_UNSAVED) {
      unsaved.clear();
    }
    var made = new Prepared(connector);
    unsaved.put(connector, made);
    return made;
  }

  @SuppressWarnings("ReferenceEquality") // another object is another revision or state
  private Prepared prepared(Connector connector) {
    if (connector.id() == 0) {
      return unsaved(connector);
    }
    Prepared before = prepared.get(connector.id());
    if (before != null && before.connector == connector) {
      return before;
    }
    if (prepared.size() >= MOST_PREPARED) {
      prepared.clear();
    }
    var made = new Prepared(connector);
    prepared.put(connector.id(), made);
    return made;
  }

  /// A call from its start to its report.
  private abstract class Running implements Cancel {
    final Prepared prepared;
    final Occasion occasion;
    final long startedAt = clock.millis();
    final long started = clock.nanos();
    final Duration timeout;
    private final Consumer<Attempt> done;
    private Sent sent = Sent.nothing();
    private @Nullable Cancel call;
    private boolean over;

    Running(Prepared prepared, Occasion occasion, Duration timeout, Consumer<Attempt> done) {
      this.prepared = prepared;
      this.occasion = occasion;
      this.timeout = timeout;
      this.done = done;
    }

    /// Sends what was made.
    ///
    /// @param addresses what was checked, to choose from
    abstract Cancel send(Making.Ready request, List<InetAddress> addresses);

    void start() {
      Making.Failed unusable = prepared.unusable;
      Names.Found literal = prepared.literal;
      if (unusable != null) {
        fail(unusable.errorClass(), unusable.sentence());
      } else if (literal != null) {
        resolved(literal);
      } else {
        names.resolve(prepared.origin().host(), timeout, this::resolved);
      }
    }

    @Override
    public void cancel(String sentence) {
      Cancel inner = call;
      if (inner != null) {
        inner.cancel(sentence);
      } else {
        end(null, Judgement.of(Outcome.RETRY, ErrorClass.BROKEN, sentence));
      }
    }

    private void resolved(Names.Resolution resolution) {
      if (over) {
        return;
      }
      switch (resolution) {
        case Names.NotFound(String sentence) ->
            end(null, prepared.judge.broke(ErrorClass.DNS, sentence));
        case Names.Found found -> {
          switch (prepared.verdict(gate, found)) {
            case Gate.Verdict.Blocked(String sentence) -> fail(ErrorClass.BLOCKED, sentence);
            case Gate.Verdict.Open open -> make(found.addresses());
          }
        }
      }
    }

    private void make(List<InetAddress> addresses) {
      switch (maker.make(prepared, occasion, startedAt)) {
        case Making.Failed(ErrorClass errorClass, String sentence) -> fail(errorClass, sentence);
        case Making.Ready request -> {
          sent = request.sent();
          Cancel first = send(request, addresses);
          if (call == null) {
            sending(first);
          }
        }
      }
    }

    /// What ends the call from now on, unless it is over already.
    final void sending(Cancel cancel) {
      if (!over) {
        call = cancel;
      }
    }

    final Outgoing outgoing(Making.Ready request, InetAddress address, int keep) {
      Origin origin = request.origin();
      return new Outgoing(
          request.method(),
          origin.tls(),
          origin.host(),
          origin.port(),
          address,
          request.target(),
          request.headers(),
          request.body(),
          timeLeft(),
          keep);
    }

    final Duration timeLeft() {
      return timeout.minusNanos(clock.nanos() - started);
    }

    private void fail(ErrorClass errorClass, String sentence) {
      end(null, Judgement.of(Outcome.FAIL, errorClass, sentence));
    }

    final void end(@Nullable Answer answer, Judgement judgement) {
      if (over) {
        return;
      }
      over = true;
      call = null;
      done.accept(
          new Attempt(
              startedAt,
              (clock.nanos() - started) / 1_000,
              prepared.connector.revision(),
              sent,
              answer,
              judgement));
    }

    final Sent sent() {
      return sent;
    }
  }

  /// One attempt whose answer is read whole.
  private final class Whole extends Running {
    Whole(Prepared prepared, Occasion occasion, Consumer<Attempt> done) {
      super(prepared, occasion, prepared.connector.spec().policy().timeout(), done);
    }

    @Override
    Cancel send(Making.Ready request, List<InetAddress> addresses) {
      // Each attempt dials another of the addresses, so that a dead one does not end them all.
      InetAddress address = addresses.get(Math.floorMod(occasion.number() - 1, addresses.size()));
      int keep = prepared.judge.needsBody() ? ResponseSettings.LARGEST : Answer.LOGGED_BODY;
      return client.send(outgoing(request, address, keep), this::replied);
    }

    private void replied(Reply reply) {
      Judgement judgement =
          switch (reply) {
            // The client knows what was left of the time; people know what they set.
            case Reply.Broke broke when broke.failure() == Reply.Failure.TIMEOUT ->
                prepared.judge.broke(
                    ErrorClass.TIMEOUT, "No answer within " + HttpClient.seconds(timeout) + ".");
            case Reply.Broke _, Reply.Answered _ ->
                prepared.judge.judge(reply, clock.millis(), prepared.mask()::mask);
          };
      end(
          switch (reply) {
            case Reply.Answered answered -> Answer.of(answered, prepared.mask());
            case Reply.Broke broke -> null;
          },
          judgement);
    }
  }

  /// A call whose answer is taken piece by piece.
  private final class Asking extends Running {
    private final Consumer<Asked> asked;
    private final boolean shortened;
    private int tries;

    Asking(Prepared prepared, Occasion occasion, Duration timeLeft, Consumer<Asked> asked) {
      Duration own = prepared.connector.spec().policy().timeout();
      super(
          prepared,
          occasion,
          timeLeft.compareTo(own) < 0 ? timeLeft : own,
          attempt -> asked.accept(new Asked.Failed(attempt)));
      this.asked = asked;
      this.shortened = timeLeft.compareTo(own) < 0;
    }

    @Override
    Cancel send(Making.Ready request, List<InetAddress> addresses) {
      InetAddress address = addresses.get(tries++ % addresses.size());
      Outgoing outgoing = outgoing(request, address, Inflow.FIRST);
      Consumer<Opening> done = opening -> opened(opening, request, addresses);
      return tries == 1 ? client.open(outgoing, done) : client.openAnew(outgoing, done);
    }

    private void opened(Opening opening, Making.Ready request, List<InetAddress> addresses) {
      switch (opening) {
        case Opening.Opened answer ->
            asked.accept(
                new Asked.Answered(
                    answer,
                    sent(),
                    prepared.judge,
                    prepared.mask(),
                    prepared.connector.revision(),
                    tries,
                    startedAt,
                    started));
        case Opening.Broke broke when broke.lost() && mayRepeat(request) ->
            sending(send(request, addresses));
        case Opening.Broke broke -> end(null, judged(broke));
      }
    }

    private boolean mayRepeat(Making.Ready request) {
      boolean harmless = request.method().equals("GET") || request.method().equals("HEAD");
      return harmless && tries == 1 && timeLeft().isPositive();
    }

    private Judgement judged(Opening.Broke broke) {
      String sentence = broke.sentence();
      if (broke.failure() == Reply.Failure.TIMEOUT) {
        sentence =
            shortened
                ? "No answer came in time."
                : "No answer within " + HttpClient.seconds(timeout) + ".";
      }
      return prepared.judge.judge(
          new Reply.Broke(broke.failure(), sentence, broke.nanos()),
          clock.millis(),
          prepared.mask()::mask);
    }
  }
}
