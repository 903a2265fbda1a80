package io.fairlead.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The HTTP client that the hub uses, alone: posts one constant body straight to a receiver, as
/// fast as it is answered. What the hub reaches is told as a share of this.
///
/// Usage: `BareClient URL IN_FLIGHT WARMUP_SECONDS SECONDS [LOOPS]`. Each request in flight has a
/// kept connection of its own. Prints one line of JSON with the rate and the CPU time a request;
/// exits 1 if a request failed.
public final class BareClient {
  private static final int BODY_BYTES = 400;

  private final Vertx vertx;
  private final URI target;
  private final int inFlight;
  private final int loops;
  private final List<Loop> running = new ArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  private volatile boolean over;

  private BareClient(Vertx vertx, URI target, int inFlight, int loops) {
    this.vertx = vertx;
    this.target = target;
    this.inFlight = inFlight;
    this.loops = loops;
  }

  /// Runs the client for the given time.
  ///
  /// @param args see the class
  public static void main(String[] args) throws Exception {
    if (args.length < 4) {
      System.err.println("usage: BareClient URL IN_FLIGHT WARMUP_SECONDS SECONDS [LOOPS]");
      System.exit(2);
    }
    int loops = args.length > 4 ? Integer.parseInt(args[4]) : 2;
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    var client = new BareClient(vertx, URI.create(args[0]), Integer.parseInt(args[1]), loops);
    boolean clean = client.measure(Double.parseDouble(args[2]), Double.parseDouble(args[3]));
    vertx.close().await(10, TimeUnit.SECONDS);
    System.exit(clean ? 0 : 1);
  }

  private boolean measure(double warmupSeconds, double seconds) throws Exception {
    for (int i = 0; i < loops; i++) {
      running.add(new Loop(inFlight / loops + (i < inFlight % loops ? 1 : 0)));
    }
    // in one deployment: Vert.x gives its instances one event loop after the other, where several
    // deployments may all end on the same one
    Iterator<Loop> next = running.iterator();
    vertx
        .deployVerticle(next::next, new DeploymentOptions().setInstances(loops))
        .await(10, TimeUnit.SECONDS);
    sleep(warmupSeconds);

    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long answered = answered();
    long cpu = machine.getProcessCpuTime();
    long clock = System.nanoTime();
    sleep(seconds);
    answered = answered() - answered;
    cpu = machine.getProcessCpuTime() - cpu;
    clock = System.nanoTime() - clock;
    over = true;
    long failed = running.stream().mapToLong(loop -> loop.failed.get()).sum();

    System.out.printf(
        Locale.ROOT,
        "{\"client\":\"vertx\",\"transport\":\"%s\",\"loops\":%d,\"in_flight\":%d,\"seconds\":%.2f,"
            + "\"answered\":%d,\"failed\":%d,\"per_second\":%.0f,\"cpu_us_per_request\":%.1f}%n",
        vertx.isNativeTransportEnabled() ? "native" : "nio",
        threads.size(),
        inFlight,
        clock / 1e9,
        answered,
        failed,
        answered * 1e9 / clock,
        answered == 0 ? 0 : cpu / 1e3 / answered);
    return failed == 0 && answered > 0;
  }

  private long answered() {
    return running.stream().mapToLong(loop -> loop.answered.get()).sum();
  }

  private static void sleep(double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
  }

  /// One event loop's share of the requests.
  private final class Loop extends AbstractVerticle {
    private final int share;
    private final Buffer body = constantBody();
    private final RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setURI(target.getPath())
            .putHeader("Content-Type", "application/json");

    /// Held here because Vert.x closes a client, and all its connections, once nothing refers to
    /// it.
    private @Nullable HttpClientAgent client;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Loop(int share) {
      this.share = share;
    }

    @Override
    public void start(Promise<Void> started) {
      threads.add(Thread.currentThread().getName());
      HttpClientAgent agent =
          vertx.createHttpClient(new HttpClientOptions().setTcpNoDelay(true).setKeepAlive(true));
      client = agent;
      HttpConnectOptions where =
          new HttpConnectOptions().setHost(target.getHost()).setPort(target.getPort());
      for (int i = 0; i < share; i++) {
        agent.connect(where).onSuccess(this::post).onFailure(this::fail);
      }
      started.complete();
    }

    @Override
    public void stop() {
      if (client != null) {
        client.close();
      }
    }

    private void post(HttpClientConnection connection) {
      connection
          .request(request)
          .compose(call -> call.send(body))
          .compose(HttpClientResponse::end)
          .onSuccess(end -> {
            answered.incrementAndGet();
            post(connection);
          })
          .onFailure(this::fail);
    }

    private void fail(Throwable reason) {
      if (!over && failed.incrementAndGet() == 1) {
        System.err.println("BareClient: " + reason);
      }
    }
  }

  private static Buffer constantBody() {
    String start = "{\"type\":\"bench.bare\",\"data\":{\"note\":\"";
    String end = "\"}}";
    return Buffer.buffer(start + "x".repeat(BODY_BYTES - start.length() - end.length()) + end);
  }
}
