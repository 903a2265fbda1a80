package io.fairlead.call;

import io.fairlead.base.Clock;
import io.fairlead.connector.Connector;
import io.fairlead.http.Cancel;
import io.fairlead.http.Header;
import io.fairlead.http.HttpClient;
import io.fairlead.http.Names;
import io.fairlead.http.Outgoing;
import io.fairlead.http.Reply;
import io.fairlead.render.Origin;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.response.ResponseSettings;
import io.fairlead.secrets.Mask;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes calls: gate, make the request, send, classify. One for each loop, used only on it.
public final class Caller {
  private static final int MOST_PREPARED = 20_000;

  /// How much of an answer's body is logged.
  private static final int LOGGED_BODY = 64 << 10;

  private final HttpClient client;
  private final Names names;
  private final Gate gate;
  private final Clock clock;
  private final RequestMaker maker;
  private final HashMap<Long, Prepared> prepared = new HashMap<>();

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
    var attempt = new Running(prepared(connector), occasion, done);
    attempt.start();
    return attempt;
  }

  @SuppressWarnings("ReferenceEquality") // another object is another revision or state
  private Prepared prepared(Connector connector) {
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

  /// One attempt from its start to its report.
  private final class Running implements Cancel {
    private final Prepared prepared;
    private final Occasion occasion;
    private final Consumer<Attempt> done;
    private final long startedAt = clock.millis();
    private final long started = clock.nanos();
    private final Duration timeout;
    private Sent sent = Sent.nothing();
    private @Nullable Cancel call;
    private boolean over;

    Running(Prepared prepared, Occasion occasion, Consumer<Attempt> done) {
      this.prepared = prepared;
      this.occasion = occasion;
      this.done = done;
      this.timeout = prepared.connector.spec().policy().timeout();
    }

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
          // Each attempt dials another of the addresses, so that a dead one does not end them all.
          send(request, addresses.get(Math.floorMod(occasion.number() - 1, addresses.size())));
        }
      }
    }

    private void send(Making.Ready request, InetAddress address) {
      sent = request.sent();
      Origin origin = request.origin();
      Cancel sending =
          client.send(
              new Outgoing(
                  request.method(),
                  origin.tls(),
                  origin.host(),
                  origin.port(),
                  address,
                  request.target(),
                  request.headers(),
                  request.body(),
                  timeout.minusNanos(clock.nanos() - started),
                  prepared.judge.needsBody() ? ResponseSettings.LARGEST : LOGGED_BODY),
              this::replied);
      if (!over) {
        call = sending;
      }
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
            case Reply.Answered answered -> answer(answered);
            case Reply.Broke broke -> null;
          },
          judgement);
    }

    private Answer answer(Reply.Answered answered) {
      Mask mask = prepared.mask();
      var head = new StringBuilder(256);
      for (Header header : answered.headers()) {
        head.append(clean(header.name())).append(": ");
        head.append(SecretHeaders.contains(header.name()) ? Mask.SHOWN : clean(header.value()));
        head.append('\n');
      }
      byte[] body = answered.body();
      if (body.length > LOGGED_BODY) {
        body = Arrays.copyOf(body, LOGGED_BODY);
      }
      boolean cut = answered.bodySize() > body.length;
      return new Answer(
          answered.status(), mask.mask(head.toString()), answered.bodySize(), mask.mask(body, cut));
    }

    private void fail(ErrorClass errorClass, String sentence) {
      end(null, Judgement.of(Outcome.FAIL, errorClass, sentence));
    }

    private void end(@Nullable Answer answer, Judgement judgement) {
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
  }

  /// A header of an answer without what could break the line that it is stored on.
  private static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        return text.replaceAll("[\\x00-\\x1f\\x7f]", " ");
      }
    }
    return text;
  }
}
