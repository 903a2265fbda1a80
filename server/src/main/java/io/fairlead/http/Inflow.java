package io.fairlead.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An answer that is read as fast as somebody takes it. Its connection is not read from while
/// nobody does, so that the sender waits; of what was read, at most some 128 KiB wait here, and
/// what the machine still held of it when the sender closed the connection. Used only on its loop.
public final class Inflow {
  /// How much of a body is read before its answer is reported.
  public static final int FIRST = 4 << 10;

  /// How long an answer that is passed on may bring nothing before it counts as broken.
  public static final Duration STALLED = Duration.ofSeconds(30);

  private static final int PASSED = 64 << 10;
  private static final byte[] NOTHING = {};

  private final Consumer<Opening> opened;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private HttpClient.@Nullable Exchange exchange;
  private @Nullable HttpResponse head;
  private List<Header> headers = List.of();
  private byte[] first = NOTHING;
  private int firstSize;
  private boolean reported;
  private boolean paused;
  private boolean full;
  private @Nullable Reply end;
  private @Nullable Sink sink;
  private boolean over;
  private byte[] kept = NOTHING;
  private int keptSize;
  private int keep;

  /// Where the rest of an answer goes.
  interface Sink {
    /// Takes what came, and has to release it.
    ///
    /// @return whether more may come at once; if not, {@link Inflow#resume} asks for it
    boolean take(ByteBuf chunk);

    /// Nothing more comes: everything was taken, or the answer broke.
    void ended(Reply how);
  }

  Inflow(Consumer<Opening> opened) {
    this.opened = opened;
  }

  void of(HttpClient.Exchange call) {
    exchange = call;
  }

  /// Whether time without progress is counted now, and not the time of the whole call.
  boolean isPassedOn() {
    return sink != null && !(sink instanceof Collected);
  }

  void begins(HttpResponse response) {
    head = response;
    headers = headers(response);
  }

  /// @param content not kept; what is needed of it is retained
  void take(ByteBuf content) {
    int length = content.readableBytes();
    int wanted = Math.min(length, FIRST - firstSize);
    if (wanted > 0) {
      if (firstSize + wanted > first.length) {
        first = Arrays.copyOf(first, Math.min(FIRST, Math.max(512, 2 * (firstSize + wanted))));
      }
      content.readBytes(first, firstSize, wanted);
      firstSize += wanted;
    }
    if (content.isReadable()) {
      waiting.add(content.retain());
      waitingBytes += content.readableBytes();
      if (waitingBytes >= PASSED) {
        pass();
        if (waitingBytes >= PASSED) {
          pause();
        }
      }
    }
  }

  /// What was to be read now has been.
  void readComplete() {
    if (!reported) {
      if (firstSize == FIRST) {
        report();
      }
    } else {
      pass();
    }
    if (waitingBytes > 0) {
      pause();
    }
  }

  /// The call has ended: the whole body was given to {@link #take}, or it broke.
  void ended(Reply how) {
    end = how;
    switch (how) {
      case Reply.Broke broke -> {
        drop();
        if (!reported) {
          reported = true;
          over = true;
          boolean lost = exchange != null && exchange.lost;
          opened.accept(new Opening.Broke(broke.failure(), broke.sentence(), lost, broke.nanos()));
        } else {
          finish(broke);
        }
      }
      case Reply.Answered answered -> {
        if (!reported) {
          report();
        } else {
          pass();
        }
      }
    }
  }

  private void report() {
    HttpResponse response = head;
    HttpClient.Exchange call = exchange;
    if (response == null || call == null) {
      throw new IllegalStateException("an answer without a beginning");
    }
    reported = true;
    boolean complete = end != null && waitingBytes == 0;
    if (firstSize < first.length) {
      first = Arrays.copyOf(first, firstSize);
    }
    long declared = complete ? firstSize : declared(response);
    opened.accept(
        new Opening.Opened(
            response.status().code(), headers, first, complete, declared, this, call.nanos()));
    if (sink == null && !over && end == null) {
      pause();
    }
  }

  private static long declared(HttpResponse response) {
    return HttpUtil.isTransferEncodingChunked(response)
        ? -1
        : HttpUtil.getContentLength(response, -1L);
  }

  static List<Header> headers(HttpResponse response) {
    var headers = new ArrayList<Header>(8);
    for (Map.Entry<String, String> header :
        (Iterable<Map.Entry<String, String>>) () -> response.headers().iteratorAsString()) {
      headers.add(new Header(header.getKey(), header.getValue()));
    }
    return headers;
  }

  /// Keeps a copy of the beginning of what is passed on, for a log.
  ///
  /// @param most how much, in bytes
  public void keep(int most) {
    keep = most;
  }

  /// What was kept so far.
  public byte[] kept() {
    return Arrays.copyOf(kept, keptSize);
  }

  private void keep(ByteBuf chunk) {
    int length = Math.min(chunk.readableBytes(), keep - keptSize);
    if (length > 0) {
      if (keptSize + length > kept.length) {
        kept = Arrays.copyOf(kept, Math.min(keep, Math.max(4_096, 2 * (keptSize + length))));
      }
      chunk.getBytes(chunk.readerIndex(), kept, keptSize, length);
      keptSize += length;
    }
  }

  /// Reads the rest into memory, within the call's own time.
  ///
  /// @param most how large the whole body may be, in bytes; one that is larger breaks the call
  /// @param done hears of it exactly once, possibly before this returns; the body it gets is the
  ///   whole one
  public void collect(int most, Consumer<Reply> done) {
    into(new Collected(most, done));
  }

  /// Ends the call at once; whoever takes the rest hears of it as BROKEN with the sentence given.
  public void cancel(String sentence) {
    if (over) {
      return;
    }
    HttpClient.Exchange call = exchange;
    if (call != null && !call.ended) {
      call.cancel(sentence);
    } else {
      drop();
      finish(new Reply.Broke(Reply.Failure.BROKEN, sentence, call == null ? 0 : call.nanos()));
    }
  }

  /// Passes the body on, with the first of it.
  void into(Sink taker) {
    if (sink != null || over) {
      throw new IllegalStateException("an answer is passed on once");
    }
    sink = taker;
    if (firstSize > 0) {
      ByteBuf chunk = Unpooled.wrappedBuffer(first);
      keep(chunk);
      full = !taker.take(chunk);
    }
    progressed();
    if (full) {
      pause();
    } else {
      flow();
    }
  }

  /// More may come.
  void resume() {
    if (full && !over) {
      full = false;
      flow();
    }
  }

  private void flow() {
    pass();
    if (!full && !over && end == null) {
      unpause();
    }
  }

  private void pass() {
    Sink taker = sink;
    if (taker == null || over) {
      return;
    }
    if (!full && waitingBytes > 0) {
      ByteBuf chunk =
          waiting.size() == 1
              ? waiting.remove()
              : Unpooled.wrappedBuffer(waiting.size(), waiting.toArray(ByteBuf[]::new));
      waiting.clear();
      waitingBytes = 0;
      progressed();
      keep(chunk);
      full = !taker.take(chunk);
      if (full) {
        pause();
      }
    }
    Reply how = end;
    if (waitingBytes == 0 && how != null) {
      finish(how);
    }
  }

  private void finish(Reply how) {
    if (!over) {
      over = true;
      Sink taker = sink;
      if (taker != null) {
        taker.ended(how);
      }
    }
  }

  private void drop() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    waitingBytes = 0;
  }

  private void progressed() {
    HttpClient.Exchange call = exchange;
    if (call != null && isPassedOn()) {
      call.mayLast(STALLED);
    }
  }

  private void pause() {
    HttpClient.Exchange call = exchange;
    if (!paused && call != null && !call.ended) {
      paused = true;
      read(call, false);
      if (isPassedOn()) {
        // Whoever takes it watches over the time now.
        call.mayLastForEver();
      }
    }
  }

  private void unpause() {
    HttpClient.Exchange call = exchange;
    if (paused && call != null && !call.ended) {
      paused = false;
      progressed();
      read(call, true);
    }
  }

  private static void read(HttpClient.Exchange call, boolean wanted) {
    Channel channel = call.channel;
    if (channel != null) {
      var _ = channel.config().setAutoRead(wanted);
    }
  }

  /// The whole body in memory.
  private final class Collected implements Sink {
    private final int most;
    private final Consumer<Reply> done;
    private byte[] body = NOTHING;
    private int size;

    Collected(int most, Consumer<Reply> done) {
      this.most = most;
      this.done = done;
    }

    @Override
    public boolean take(ByteBuf chunk) {
      try {
        int length = chunk.readableBytes();
        if (length > most - size) {
          cancel("The answer is larger than " + size(most) + ".");
          return false;
        }
        if (size + length > body.length) {
          body =
              Arrays.copyOf(body, Math.clamp(2L * (size + length), 1_024, Math.max(1_024, most)));
        }
        chunk.readBytes(body, size, length);
        size += length;
        return true;
      } finally {
        chunk.release();
      }
    }

    @Override
    public void ended(Reply how) {
      done.accept(
          switch (how) {
            case Reply.Answered answered ->
                new Reply.Answered(
                    answered.status(),
                    answered.headers(),
                    size == body.length ? body : Arrays.copyOf(body, size),
                    size,
                    answered.nanos());
            case Reply.Broke broke -> broke;
          });
    }
  }

  /// `25 MiB`, `64 KiB` or `100 bytes`.
  static String size(long bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) {
      return (bytes >> 10) + " KiB";
    }
    return bytes + " bytes";
  }
}
