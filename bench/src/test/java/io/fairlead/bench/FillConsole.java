package io.fairlead.bench;

import io.fairlead.Config;
import io.fairlead.Hub;
import io.fairlead.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills an empty data folder with what a large tenant has after a month: everything goes through a
/// hub's own API and out to a receiver, under a clock that passes thirty days meanwhile. So every
/// row, count and age is what the hub writes itself.
///
/// Usage: `FillConsole FOLDER RECEIVER CONNECTORS DELIVERIES OPERATOR_KEY`. RECEIVER is host and
/// port of a `sink`. The owner is {@link #EMAIL} with {@link #PASSWORD}.
public final class FillConsole {
  static final String EMAIL = "owner@example.com";
  static final String PASSWORD = "correct horse battery staple";

  private static final long DAYS_MILLIS = Duration.ofDays(30).toMillis();
  private static final int AT_ONCE = 16;
  private static final int BATCH = 200;
  private static final int TYPES = 400;
  private static final int STORES = 10;
  private static final int NAMED = 2_000;
  private static final Pattern ID = Pattern.compile("\"id\":\"([a-z]{3}_[0-9a-z]{13})\"");
  private static final List<String> FAMILIES =
      List.of(
          "invoice.created",
          "invoice.paid",
          "order.placed",
          "order.shipped",
          "customer.created",
          "customer.updated",
          "ticket.opened",
          "subscription.renewed");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(6);
  private final String origin;
  private final String receiver;
  private final String key;
  private final MovedClock clock;

  private FillConsole(String origin, String receiver, String key, MovedClock clock) {
    this.origin = origin;
    this.receiver = receiver;
    this.key = key;
    this.clock = clock;
  }

  /// A wall clock that is told where it stands; it never passes the machine's.
  private static final class MovedClock implements Clock {
    private final AtomicLong now = new AtomicLong(System.currentTimeMillis() - DAYS_MILLIS);

    @Override
    public long millis() {
      return now.get();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    void advance(long millis) {
      now.updateAndGet(then -> Math.min(then + millis, System.currentTimeMillis()));
    }
  }

  /// Fills the folder.
  ///
  /// @param args see the class
  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println("usage: FillConsole FOLDER RECEIVER CONNECTORS DELIVERIES OPERATOR_KEY");
      System.exit(2);
    }
    var clock = new MovedClock();
    Config config =
        Config.read(
            Map.of(
                "FAIRLEAD_HOST",
                "127.0.0.1",
                "FAIRLEAD_PORT",
                "0",
                "FAIRLEAD_DATA",
                Path.of(args[0]).toString(),
                "FAIRLEAD_OPERATOR_KEY",
                args[4],
                "FAIRLEAD_EGRESS_ALLOW",
                "127.0.0.0/8"));
    try (var hub = new Hub(config, clock)) {
      while (!hub.notReady().isEmpty()) {
        Thread.sleep(50);
      }
      String link = hub.firstLink().orElseThrow();
      var fill = new FillConsole("http://127.0.0.1:" + hub.port(), args[1], args[4], clock);
      fill.all(link, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
    System.exit(0);
  }

  private void all(String link, int connectors, int deliveries) throws Exception {
    String token = link.substring(link.indexOf("token=") + "token=".length());
    var _ =
        post(
            "/v1/setup",
            "{\"token\":\"%s\",\"email\":\"%s\",\"name\":\"Olga Owner\",\"password\":\"%s\"}"
                .formatted(token, EMAIL, PASSWORD));
    say("authorizations and adaptors");
    var _ = each(NAMED, "/v1/authorizations", FillConsole::authorization);
    List<String> adaptors = each(NAMED, "/v1/adaptors", FillConsole::adaptor);
    say("connectors");
    List<String> made = each(connectors, "/v1/connectors", i -> connector(i, adaptors));
    var _ = call("PUT", "/v1/event-types/" + type(0), "{\"searchable\":[\"number\"]}");
    var _ =
        call(
            "PUT",
            "/v1/commands/GetInvoiceImage/binding",
            "{\"targets\":[{\"method\":\"GET\",\"url\":\"http://%s/pdf/20000?n={{InvoiceNumber}}\"}]}"
                .formatted(receiver));
    send(connectors, deliveries);
    say("tests and runs");
    var _ = each(300, i -> "/v1/connectors/" + made.get(i * 7) + "/test", FillConsole::test);
    var _ =
        each(
            NAMED,
            _ -> "/v1/commands/GetInvoiceImage/run",
            i -> "{\"inputs\":{\"InvoiceNumber\":\"INV%07d\"}}".formatted(i));
    clock.advance(DAYS_MILLIS);
  }

  private static void say(String what) {
    System.err.println("filling: " + what);
  }

  private static String authorization(int i) {
    return """
    {"name":"Account %04d","kind":"bearer","token":"secret-%d","hosts":["127.0.0.1"]}
    """
        .formatted(i, i);
  }

  private static String adaptor(int i) {
    return """
    {"name":"Mapping %04d","rows":[
      {"label":"Number","section":"Fields","source":"number","target":"invoice_no"},
      {"label":"Name","section":"Fields","source":"customer.name","target":"name"},
      {"label":"Amount","section":"Fields","source":"amount","target":"deal.value","type":"number"}]}
    """
        .formatted(i);
  }

  private static String type(int i) {
    return "%s.region-%02d".formatted(FAMILIES.get(i % FAMILIES.size()), i / FAMILIES.size());
  }

  /// One connector in a hundred of each way to fare; the rest go well. The first gets a quarter of
  /// all events.
  private String connector(int i, List<String> adaptors) {
    if (i == 0) {
      return connector("Data warehouse", "/ok", "\"triggers\":[{\"eventType\":\"invoice.*\"}]");
    }
    int round = i / TYPES;
    int kind = (i + 37 * round) % 100;
    String name =
        "%s for store %d of %s, no. %05d"
            .formatted(
                List.of("CRM", "Ledger", "Mail", "Chat").get(i % 4), round, type(i % TYPES), i);
    String path =
        switch (kind) {
          case 0, 1, 4 -> "/fail";
          case 7 -> "/gone";
          case 8 -> "/flaky/20";
          case 9 -> "/slow/20";
          default -> "/ok";
        };
    String waits =
        switch (kind) {
          case 0, 7 -> "";
          case 1 -> "\"1s\"";
          case 4 -> String.join(",", Collections.nCopies(20, "\"24h\""));
          default -> "\"1s\",\"1s\",\"1s\"";
        };
    String more =
        switch (kind) {
          case 5 -> ",\"leastDelay\":\"24h\",\"delayKey\":\"{{currency}}\"";
          case 6 ->
              ",\"window\":{\"weekdays\":[\"MON\"],\"from\":\"09:00\",\"to\":\"10:00\",\"zone\":\"UTC\"}";
          default -> "";
        };
    String rules =
        kind == 7 ? ",\"rules\":[{\"when\":{\"status\":\"4xx\"},\"then\":\"IGNORE\"}]" : "";
    String adaptor =
        i % 7 == 0
            ? ",\"adaptor\":\"" + adaptors.getFirst() + "\""
            : i % 5 == 0 ? ",\"adaptor\":\"" + adaptors.get(i % NAMED) + "\"" : "";
    return connector(
        name,
        path,
        """
        "triggers":[{"eventType":"%s","filter":{"store":%d}%s}],"policy":{"retrySchedule":[%s]},
        "active":%b%s%s
        """
            .formatted(
                type(i % TYPES),
                round % STORES,
                more,
                waits,
                kind != 2 && kind != 3,
                rules,
                adaptor));
  }

  private String connector(String name, String path, String more) {
    return """
    {"name":"%s","method":"POST","url":"http://%s%s",%s}
    """
        .formatted(name, receiver, path, more);
  }

  private static String test(int i) {
    return "{\"dryRun\":false,\"eventType\":\"%s\",\"data\":{\"number\":\"TEST-%d\"}}"
        .formatted(type(0), i);
  }

  private String event(int i) {
    int customer = random.nextInt(5_000);
    return """
    {"type":"%s","key":"INV%07d","id":"shop-%d","data":{"seq":%d,"number":"INV%07d","store":%d,\
    "customer":{"id":"c%04d","name":"Harbour & Sons %04d","email":"c%04d@harbour.example"},\
    "currency":"EUR","amount":%d.50,"lines":[{"sku":"ROPE-12","text":"Mooring rope","quantity":4}]}}\
    """
        .formatted(
            type(random.nextInt(TYPES)),
            i % 250_000,
            i,
            i,
            i,
            random.nextInt(STORES),
            customer,
            customer,
            customer,
            random.nextInt(2_000));
  }

  /// In batches; the clock moves on with each. Some events make more deliveries than others, so
  /// that it goes by what was answered.
  private void send(int connectors, int deliveries) throws Exception {
    say("events");
    double each = (connectors - 1) / (double) TYPES / STORES + 0.25;
    int events = (int) (deliveries / each);
    int batches = Math.ceilDiv(events, BATCH);
    var room = new Semaphore(AT_ONCE);
    var made = new AtomicLong();
    var wrong = new AtomicLong();
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int batch = 0; batch < batches; batch++) {
        var lines = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
          lines.append(i == 0 ? "[" : ",").append(event(batch * BATCH + i));
        }
        String body = lines.append(']').toString();
        room.acquire();
        var _ =
            threads.submit(() -> {
              try {
                made.addAndGet(deliveriesOf(send(body)));
              } catch (IOException | RuntimeException e) {
                wrong.incrementAndGet();
                System.err.println(e);
              } finally {
                room.release();
              }
              return 0;
            });
        clock.advance(DAYS_MILLIS / batches);
        if (batch % 200 == 0) {
          say(
              "%,d deliveries, %,d s"
                  .formatted(made.get(), (System.nanoTime() - began) / 1_000_000_000));
        }
      }
    }
    if (wrong.get() > 0) {
      throw new IllegalStateException("%d batches were not taken".formatted(wrong.get()));
    }
    say("%,d deliveries of %,d events".formatted(made.get(), batches * BATCH));
  }

  private String send(String body) throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> answer = ask("POST", "/v1/events/batch", body);
      if (answer.statusCode() == 200 && !answer.body().contains("\"problem\"")) {
        return answer.body();
      }
      if (answer.statusCode() != 503 && answer.statusCode() != 429) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      Thread.sleep(100);
    }
  }

  private static final Pattern MADE = Pattern.compile("\"deliveries\":(\\d+)");

  private static long deliveriesOf(String answer) {
    Matcher found = MADE.matcher(answer);
    long sum = 0;
    while (found.find()) {
      sum += Long.parseLong(found.group(1));
    }
    return sum;
  }

  private List<String> each(int count, String path, IntFunction<String> body) throws Exception {
    return each(count, _ -> path, body);
  }

  private List<String> each(int count, IntFunction<String> path, IntFunction<String> body)
      throws InterruptedException, ExecutionException {
    var room = new Semaphore(AT_ONCE);
    var all = new ArrayList<Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int one = i;
        room.acquire();
        all.add(
            threads.submit(() -> {
              try {
                return id(post(path.apply(one), body.apply(one)));
              } finally {
                room.release();
              }
            }));
      }
      var ids = new ArrayList<String>();
      for (Future<String> made : all) {
        ids.add(made.get());
      }
      return ids;
    }
  }

  private static String id(String answer) {
    Matcher found = ID.matcher(answer);
    return found.find() ? found.group(1) : "";
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return call("POST", path, body);
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(method, path, body);
    while (answer.statusCode() == 429) {
      Thread.sleep(50);
      answer = ask(method, path, body);
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          "%s %s was answered %d %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private HttpResponse<String> ask(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
