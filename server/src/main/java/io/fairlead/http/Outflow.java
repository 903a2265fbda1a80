package io.fairlead.http;

import io.fairlead.base.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a third party answers on its way into a caller's connection. What the connection has not
/// taken yet is bounded: the third party's side waits meanwhile.
final class Outflow implements Inflow.Sink {
  private static final int FULL = 256 << 10;
  private static final int ROOM = 64 << 10;

  private final HttpConnection connection;
  private final HttpServerResponse response;
  private final Inflow source;
  private final long most;
  private final Clock clock;
  private final Consumer<StreamEnd> ended;
  private final Runnable closing;
  private long taken;
  private int pending;
  private boolean full;
  private boolean ending;
  private boolean over;

  /// When the connection last took something while there was something to take.
  private long progress;

  /// @param closing what to do when the connection is free again
  Outflow(
      HttpConnection connection,
      HttpServerResponse response,
      Inflow source,
      long most,
      Clock clock,
      Consumer<StreamEnd> ended,
      Runnable closing) {
    this.connection = connection;
    this.response = response;
    this.source = source;
    this.most = most;
    this.clock = clock;
    this.ended = ended;
    this.closing = closing;
  }

  /// Begins, after status and headers were set.
  void begin(Opening.Opened opened) {
    progress = clock.nanos();
    if (opened.complete()) {
      taken = opened.first().length;
      end(opened.first());
      return;
    }
    if (opened.declared() >= 0) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(opened.declared()));
    } else {
      response.setChunked(true);
    }
    source.into(this);
  }

  /// Ends without a body: the method or the status has none.
  void beginAndEnd() {
    progress = clock.nanos();
    source.cancel("Nobody wants the body.");
    ending = true;
    response.end().onComplete(this::written);
  }

  @Override
  public boolean take(ByteBuf chunk) {
    int length = chunk.readableBytes();
    if (over) {
      chunk.release();
      return false;
    }
    if (length > most - taken) {
      chunk.release();
      cut(StreamEnd.Why.TOO_LARGE, "The answer is larger than %s.".formatted(Inflow.size(most)));
      return false;
    }
    taken += length;
    queued(length);
    // Vert.x leaves a buffer that is not its own to whoever made it.
    response
        .write(BufferInternal.buffer(chunk))
        .onComplete(end -> {
          chunk.release();
          took(length);
        });
    full = pending > FULL;
    return !full;
  }

  private void queued(int length) {
    if (pending == 0) {
      progress = clock.nanos();
    }
    pending += length;
  }

  private void took(int length) {
    pending -= length;
    progress = clock.nanos();
    if (full && pending <= ROOM) {
      full = false;
      source.resume();
    }
  }

  @Override
  public void ended(Reply how) {
    if (over) {
      return;
    }
    switch (how) {
      case Reply.Answered answered -> end(null);
      case Reply.Broke broke ->
          cut(
              broke.failure() == Reply.Failure.TIMEOUT
                  ? StreamEnd.Why.THIRD_PARTY_STALLED
                  : StreamEnd.Why.THIRD_PARTY_BROKE,
              broke.sentence());
    }
  }

  private void end(byte @Nullable [] last) {
    ending = true;
    var end =
        last == null
            ? response.end()
            : response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(last)));
    end.onComplete(this::written);
  }

  private void written(AsyncResult<Void> end) {
    if (end.failed()) {
      gone();
    } else if (!over) {
      over = true;
      closing.run();
      Loop.run(() -> ended.accept(new StreamEnd(taken, true, null, null)));
    }
  }

  /// The caller's connection has ended.
  void gone() {
    broke(StreamEnd.Why.CALLER_GONE, "The caller went away before the answer was complete.");
  }

  /// Ends it when the caller takes nothing for too long.
  void check(long now) {
    boolean waits = pending > 0 || ending;
    if (waits && now - progress > Inflow.STALLED.toNanos()) {
      cut(
          StreamEnd.Why.CALLER_STALLED,
          "The caller took nothing for %s.".formatted(HttpClient.seconds(Inflow.STALLED)));
    }
  }

  /// A connection that ended in order would look like a whole answer to a caller that reads until
  /// its end, so it is reset.
  private void cut(StreamEnd.Why why, String sentence) {
    if (!over) {
      broke(why, sentence);
      if (connection instanceof ConnectionBase base) {
        var _ = base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = base.channel().close();
      }
    }
  }

  private void broke(StreamEnd.Why why, String sentence) {
    if (over) {
      return;
    }
    over = true;
    source.cancel(sentence);
    closing.run();
    Loop.run(() -> ended.accept(new StreamEnd(taken, true, why, sentence)));
  }
}
