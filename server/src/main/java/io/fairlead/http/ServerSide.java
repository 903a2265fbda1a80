package io.fairlead.http;

import io.fairlead.base.Clock;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop's share of a listening port.
final class ServerSide {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSide.class);
  private static final byte[] NOTHING = {};
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final long BODY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long IDLE_NANOS = Duration.ofSeconds(75).toNanos();
  private static final long DRAIN_NANOS = Duration.ofSeconds(5).toNanos();

  /// How much of a body that nobody wants is read so that the answer arrives before the end of the
  /// connection does.
  private static final long DRAINED = 16 << 20;

  private final Loop loop;
  private final Edge edge;
  private final Clock clock;
  private final HashMap<HttpConnection, Guest> guests = new HashMap<>();

  ServerSide(Loop loop, Edge edge, Clock clock) {
    this.clock = clock;
    this.loop = loop;
    this.edge = edge;
    loop.every(SWEEP, this::sweep);
  }

  /// A connection as the sweep sees it.
  private static final class Guest {
    @Nullable Exchange exchange;
    long idleSince;

    Guest(long idleSince) {
      this.idleSince = idleSince;
    }
  }

  void connected(HttpConnection connection) {
    guests.put(connection, new Guest(clock.nanos()));
    connection.closeHandler(v -> {
      Guest guest = guests.remove(connection);
      if (guest != null && guest.exchange != null) {
        guest.exchange.gone();
      }
    });
  }

  void malformed(HttpServerRequest request) {
    var exchange = new Exchange(request);
    exchange.closes = true;
    exchange.refuse(Edge.Refusal.MALFORMED, null);
  }

  void handle(HttpServerRequest request) {
    new Exchange(request).begin();
  }

  private void sweep() {
    if (guests.isEmpty()) {
      return;
    }
    long now = clock.nanos();
    var late = new ArrayList<Runnable>();
    guests.forEach((connection, guest) -> {
      Exchange exchange = guest.exchange;
      if (exchange == null) {
        if (now - guest.idleSince > IDLE_NANOS) {
          late.add(connection::close);
        }
      } else if (!exchange.bodyEnded && now - exchange.bodyDeadline > 0) {
        late.add(exchange::tooSlow);
      } else if (exchange.outflow != null) {
        Outflow outflow = exchange.outflow;
        late.add(() -> outflow.check(now));
      }
    });
    late.forEach(Loop::run);
  }

  /// One request and its answer.
  private final class Exchange implements Answering {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Guest guest;
    private final boolean bodiless;
    private @Nullable Head head;
    private byte[] body = NOTHING;
    private int size;
    private int limit;
    private long bodyDeadline = clock.nanos() + BODY_NANOS;
    private boolean bodyEnded;
    private boolean answered;
    private boolean written;
    private boolean closes;
    private @Nullable Outflow outflow;
    private @Nullable Runnable gone;

    Exchange(HttpServerRequest request) {
      this.request = request;
      this.response = request.response();
      this.bodiless = request.method().equals(HttpMethod.HEAD);
      this.guest = guests.computeIfAbsent(request.connection(), c -> new Guest(clock.nanos()));
      this.guest.exchange = this;
      request.exceptionHandler(e -> over());
    }

    void begin() {
      var asked = new VertxHead(request, loop);
      head = asked;
      Edge.Take take;
      try {
        take = edge.take(asked);
      } catch (RuntimeException e) {
        LOG.error("{} {} failed.", asked.method(), asked.path(), e);
        take = new Edge.Now(edge.refuse(Edge.Refusal.FAILED, asked));
      }
      switch (take) {
        case Edge.Now now -> {
          drain();
          answer(now.response());
        }
        case Edge.OnLoop(int most, Edge.LoopHandler handler) ->
            collect(most, () -> onLoop(asked, handler));
        case Edge.Streaming(int most, Edge.StreamHandler handler) ->
            collect(most, () -> onStream(asked, handler));
        case Edge.OnThread(int most, Edge.ThreadHandler handler) ->
            collect(most, () -> onThread(asked, handler));
      }
    }

    private void collect(int most, Runnable complete) {
      limit = most;
      long declared = declaredLength();
      if (declared > most) {
        tooLarge();
        return;
      }
      if (declared > 0) {
        body = new byte[(int) declared];
      }
      String expect = request.getHeader(HttpHeaders.EXPECT);
      if (expect != null && expect.equalsIgnoreCase("100-continue")) {
        var _ = response.writeContinue();
      }
      request.handler(this::take);
      request.endHandler(v -> {
        bodyEnded = true;
        if (!answered) {
          complete.run();
        } else {
          closeIfDone();
        }
      });
    }

    private long declaredLength() {
      String text = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      if (text == null) {
        return -1;
      }
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return Long.MAX_VALUE;
      }
    }

    private void take(Buffer chunk) {
      int length = chunk.length();
      if (answered) {
        drained(length);
        return;
      }
      if (length > limit - size) {
        tooLarge();
        return;
      }
      if (size + length > body.length) {
        body = Arrays.copyOf(body, Math.clamp(2L * (size + length), 1_024, Math.max(limit, 1_024)));
      }
      chunk.getBytes(0, length, body, size);
      size += length;
    }

    private Request whole(Head asked) {
      return new Request(asked, size == body.length ? body : Arrays.copyOf(body, size));
    }

    private void onLoop(Head asked, Edge.LoopHandler handler) {
      try {
        handler.handle(whole(asked), this::answer);
      } catch (RuntimeException e) {
        failed(asked, e);
      }
    }

    private void onStream(Head asked, Edge.StreamHandler handler) {
      try {
        handler.handle(whole(asked), this);
      } catch (RuntimeException e) {
        failed(asked, e);
      }
    }

    private void onThread(Head asked, Edge.ThreadHandler handler) {
      Request complete = whole(asked);
      var _ =
          Thread.ofVirtual()
              .name("request")
              .start(() -> {
                try {
                  Response made = handler.handle(complete);
                  loop.execute(() -> answer(made));
                } catch (RuntimeException | Error e) {
                  loop.execute(() -> failed(asked, e));
                }
              });
    }

    private void failed(Head asked, Throwable e) {
      LOG.error("{} {} failed.", asked.method(), asked.path(), e);
      refuse(Edge.Refusal.FAILED, asked);
    }

    private void tooLarge() {
      closes = true;
      drain();
      refuse(Edge.Refusal.BODY_TOO_LARGE, head);
    }

    private void tooSlow() {
      if (answered) {
        var _ = request.connection().close();
        return;
      }
      closes = true;
      bodyDeadline = clock.nanos() + DRAIN_NANOS;
      refuse(Edge.Refusal.BODY_TOO_SLOW, head);
    }

    /// Reads what nobody wants: an answer followed at once by the end of the connection would be
    /// lost to a sender that is still sending.
    private void drain() {
      body = NOTHING;
      size = 0;
      if (declaredLength() > DRAINED) {
        closes = true;
      }
      if (closes) {
        bodyDeadline = clock.nanos() + DRAIN_NANOS;
      }
      request.handler(chunk -> drained(chunk.length()));
      request.endHandler(v -> {
        bodyEnded = true;
        closeIfDone();
      });
    }

    private void drained(int length) {
      size += length;
      if (size > DRAINED) {
        var _ = request.connection().close();
      }
    }

    void refuse(Edge.Refusal why, @Nullable Head asked) {
      answer(edge.refuse(why, asked));
    }

    @Override
    public void answer(Response made) {
      if (answered) {
        return;
      }
      answered = true;
      if (response.closed()) {
        over();
        return;
      }
      head(made.status(), made.headers());
      byte[] out = made.body();
      boolean lengthless = made.status() == 204 || made.status() == 304;
      if (!lengthless) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(out.length));
      }
      var end =
          bodiless || lengthless
              ? response.end()
              : response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(out)));
      end.onComplete(ar -> {
        written = true;
        over();
        closeIfDone();
      });
    }

    private void head(int status, List<Header> headers) {
      response.setStatusCode(status);
      for (Header header : headers) {
        response.headers().add(header.name(), header.value());
      }
      if (closes) {
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
    }

    @Override
    public void stream(
        int status,
        List<Header> headers,
        Opening.Opened opened,
        long most,
        Consumer<StreamEnd> ended) {
      if (answered || response.closed()) {
        refused(opened, StreamEnd.Why.CALLER_GONE, "The caller is gone.", ended);
        return;
      }
      if (opened.declared() > most) {
        String sentence = "The answer is larger than %s.".formatted(Inflow.size(most));
        refused(opened, StreamEnd.Why.TOO_LARGE, sentence, ended);
        return;
      }
      if (!areSendable(headers)) {
        String sentence = "The answer has a header that cannot be sent.";
        refused(opened, StreamEnd.Why.THIRD_PARTY_BROKE, sentence, ended);
        return;
      }
      answered = true;
      head(status, headers);
      var flow =
          new Outflow(
              request.connection(), response, opened.rest(), most, clock, ended, this::flowed);
      outflow = flow;
      boolean lengthless = status == 204 || status == 304;
      if (bodiless && !lengthless && opened.declared() >= 0) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(opened.declared()));
      }
      if (bodiless || lengthless) {
        flow.beginAndEnd();
      } else {
        flow.begin(opened);
      }
    }

    private static boolean areSendable(List<Header> headers) {
      return headers.stream()
          .allMatch(
              header -> HeaderRules.isToken(header.name()) && HeaderRules.isValue(header.value()));
    }

    private static void refused(
        Opening.Opened opened, StreamEnd.Why why, String sentence, Consumer<StreamEnd> ended) {
      opened.rest().cancel(sentence);
      ended.accept(new StreamEnd(0, false, why, sentence));
    }

    private void flowed() {
      outflow = null;
      written = true;
      over();
      closeIfDone();
    }

    @Override
    public void onGone(Runnable work) {
      gone = work;
    }

    /// The connection has ended.
    void gone() {
      Outflow flow = outflow;
      Runnable work = gone;
      if (flow != null) {
        flow.gone();
      } else if (!answered && work != null) {
        answered = true;
        Loop.run(work);
      }
    }

    private void closeIfDone() {
      if (closes && written && bodyEnded) {
        var _ = request.connection().close();
      }
    }

    private void over() {
      if (guest.exchange == this && (bodyEnded || response.closed())) {
        guest.exchange = null;
        guest.idleSince = clock.nanos();
      }
    }
  }
}
