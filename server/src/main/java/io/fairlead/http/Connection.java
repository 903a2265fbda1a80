package io.fairlead.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection of the client and the answer that is read from it.
final class Connection extends ChannelInboundHandlerAdapter {
  private static final byte[] NOTHING = {};
  private static final int MOST_INTERIM = 100;

  private final HttpClient client;
  private final HttpClient.Endpoint endpoint;
  private final Decoder decoder = new Decoder();
  private @Nullable Channel channel;
  private long idleUntil;

  private HttpClient.@Nullable Exchange exchange;
  private @Nullable ChannelFuture written;

  private @Nullable HttpResponse answer;
  private byte[] body = NOTHING;
  private int kept;
  private long size;
  private int interim;
  private boolean interimOpen;
  private boolean complete;
  private boolean heard;
  private boolean closing;

  Connection(HttpClient client, HttpClient.Endpoint endpoint) {
    this.client = client;
    this.endpoint = endpoint;
  }

  HttpClient.Endpoint endpoint() {
    return endpoint;
  }

  long idleUntil() {
    return idleUntil;
  }

  void idleUntil(long nanos) {
    idleUntil = nanos;
  }

  void join(Channel joined) {
    this.channel = joined;
    joined.pipeline().addLast(decoder, this);
  }

  void close() {
    closing = true;
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  void send(HttpClient.Exchange sent) {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    exchange = sent;
    sent.channel = open;
    answer = null;
    body = NOTHING;
    kept = 0;
    size = 0;
    interim = 0;
    interimOpen = false;
    complete = false;
    heard = false;
    written = open.writeAndFlush(HttpClient.request(open, endpoint, sent.outgoing));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (exchange == null || exchange.ended || complete) {
        // Nobody asked for this: whatever it is, the next answer could not be told from it.
        close();
      } else if (((HttpObject) message).decoderResult().isFailure()) {
        broke(sentence(((HttpObject) message).decoderResult().cause()));
      } else {
        read(message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(Object message) {
    if (message instanceof HttpResponse response) {
      int status = response.status().code();
      if (status < 200 && status != 101) {
        interimOpen = true;
        if (++interim > MOST_INTERIM) {
          broke("The answer never got beyond interim ones.");
        }
        return;
      }
      answer = response;
      Inflow inflow = inflow();
      if (inflow != null) {
        inflow.begins(response);
      }
    }
    if (message instanceof HttpContent content) {
      boolean last = content instanceof LastHttpContent;
      if (interimOpen) {
        interimOpen = !last;
        return;
      }
      Inflow inflow = inflow();
      if (inflow != null) {
        inflow.take(content.content());
      } else {
        take(content.content(), last);
      }
      if (size > HttpClient.LARGEST_BODY) {
        broke("The answer is larger than 10 MiB.");
      } else if (last) {
        // Reported when all that was read is decoded, so that the connection is free by then.
        complete = true;
      }
    }
  }

  private @Nullable Inflow inflow() {
    HttpClient.Exchange current = exchange;
    return current == null ? null : current.inflow;
  }

  private void take(ByteBuf content, boolean last) {
    int length = content.readableBytes();
    size += length;
    HttpClient.Exchange current = exchange;
    int most = current == null ? 0 : current.outgoing.keep();
    int wanted = Math.min(length, most - kept);
    if (wanted <= 0) {
      return;
    }
    if (kept + wanted > body.length) {
      int room =
          last ? kept + wanted : Math.clamp(2L * (kept + wanted), 1_024, Math.max(1_024, most));
      body = Arrays.copyOf(body, room);
    }
    content.readBytes(body, kept, wanted);
    kept += wanted;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (complete) {
      finish();
    } else {
      Inflow inflow = inflow();
      if (inflow != null) {
        Loop.run(inflow::readComplete);
      }
    }
  }

  private void finish() {
    HttpClient.Exchange over = exchange;
    HttpResponse response = answer;
    ChannelFuture sent = written;
    exchange = null;
    answer = null;
    written = null;
    complete = false;
    if (over == null || response == null || sent == null) {
      close();
      return;
    }
    List<Header> headers = Inflow.headers(response);
    byte[] whole = kept == body.length ? body : Arrays.copyOf(body, kept);
    body = NOTHING;
    boolean reusable =
        !closing
            && !over.ended
            && HttpUtil.isKeepAlive(response)
            && response.status().code() != 101
            && sent.isSuccess()
            && !decoder.hasMore()
            && delimited(response, over);
    if (reusable) {
      if (over.inflow != null && over.channel != null) {
        var _ = over.channel.config().setAutoRead(true);
      }
      client.keep(this, keepAliveNanos(response));
    } else {
      close();
    }
    over.end(new Reply.Answered(response.status().code(), headers, whole, size, over.nanos()));
  }

  /// Whether the answer's end was told by itself and not by the connection's end.
  private static boolean delimited(HttpResponse response, HttpClient.Exchange over) {
    int status = response.status().code();
    return status == 204
        || status == 304
        || over.outgoing.method().equals("HEAD")
        || HttpUtil.isTransferEncodingChunked(response)
        || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  /// `Keep-Alive: timeout=5` less a second, so that we are not the one who finds it closed.
  private static long keepAliveNanos(HttpResponse response) {
    String value = response.headers().get("Keep-Alive");
    if (value == null) {
      return Long.MAX_VALUE;
    }
    int at = value.indexOf("timeout=");
    if (at < 0) {
      return Long.MAX_VALUE;
    }
    int end = at + 8;
    while (end < value.length() && Character.isDigit(value.charAt(end)) && end < at + 14) {
      end++;
    }
    if (end == at + 8) {
      return Long.MAX_VALUE;
    }
    long seconds = Long.parseLong(value.substring(at + 8, end));
    return Duration.ofSeconds(Math.max(0, seconds - 1)).toNanos();
  }

  private void broke(String sentence) {
    HttpClient.Exchange over = exchange;
    exchange = null;
    answer = null;
    body = NOTHING;
    close();
    if (over != null) {
      over.lost = !heard;
      over.broke(Reply.Failure.BROKEN, sentence);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (complete) {
      finish();
    } else if (exchange != null) {
      broke(closedSentence());
    } else {
      client.forget(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (exchange == null) {
      close();
    } else {
      broke(closedSentence());
    }
  }

  private String closedSentence() {
    return answer == null && interim == 0
        ? "The connection was closed without an answer."
        : "The connection was closed before the answer was complete.";
  }

  private static String sentence(@Nullable Throwable cause) {
    return switch (cause) {
      case TooLongHttpHeaderException e -> "The answer's headers are larger than 64 KiB.";
      case PrematureChannelClosureException e ->
          "The connection was closed before the answer was complete.";
      case null, default -> "The answer is not HTTP.";
    };
  }

  /// Knows that the answer to a HEAD has no body, whatever its headers say.
  private final class Decoder extends HttpResponseDecoder {
    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(8 << 10)
              .setMaxHeaderSize(HttpClient.LARGEST_HEAD)
              .setMaxChunkSize(64 << 10)
              .setValidateHeaders(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      heard = true;
      super.channelRead(context, message);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      HttpClient.Exchange current = exchange;
      return super.isContentAlwaysEmpty(message)
          || (current != null && current.outgoing.method().equals("HEAD"));
    }

    boolean hasMore() {
      return actualReadableBytes() > 0;
    }
  }
}
