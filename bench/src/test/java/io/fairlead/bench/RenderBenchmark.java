package io.fairlead.bench;

import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.render.BodyText;
import io.fairlead.render.Data;
import io.fairlead.render.Facts;
import io.fairlead.render.Method;
import io.fairlead.render.Rendered;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Scope;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it takes to render one request from a plan. JMH's figure is the time on the clock; after
/// each round the CPU time of the thread is printed too, which a busy machine does not change.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class RenderBenchmark {
  private static final Scope SCOPE = new Scope("default", "bench", Set.of("key"), null);

  /// What is rendered.
  public enum Body {
    /// 1 KiB of JSON with 16 tokens, from half a kilobyte of data.
    KILOBYTE,
    /// The same, each token with a filter or a default.
    KILOBYTE_FILTERED,
    /// The same, signed with a secret and so written twice.
    KILOBYTE_SECRET,
    /// 1 MiB of JSON, from an array of 8,500 items.
    MEGABYTE_OF_ITEMS,
    /// 1 MiB of JSON, from one text.
    MEGABYTE_OF_TEXT
  }

  @Param({
    "KILOBYTE",
    "KILOBYTE_FILTERED",
    "KILOBYTE_SECRET",
    "MEGABYTE_OF_ITEMS",
    "MEGABYTE_OF_TEXT"
  })
  public Body body = Body.KILOBYTE;

  private RequestPlan plan = plan("{}");
  private byte[] data = new byte[0];
  private Json tree = Json.JsonNull.NULL;
  private long calls;
  private long cpuBefore;

  /// Compiles the plan, and says how much it makes of how much.
  @Setup
  public void compile() {
    String json =
        switch (body) {
          case KILOBYTE, KILOBYTE_FILTERED, KILOBYTE_SECRET -> kilobyteOfData();
          case MEGABYTE_OF_ITEMS -> items();
          case MEGABYTE_OF_TEXT -> "{\"text\":\"" + "lorem ipsum \\n é ".repeat(57_000) + "\"}";
        };
    data = json.getBytes(StandardCharsets.UTF_8);
    plan =
        plan(
            switch (body) {
              case KILOBYTE -> kilobyte("{{%s}}");
              case KILOBYTE_FILTERED -> kilobyte("{{%s ?? \"none\" | trim}}");
              case KILOBYTE_SECRET ->
                  kilobyte("{{%s}}").replace(": \"filler\"", ": {{f0 | hmacSha256:$secret.key}}");
              case MEGABYTE_OF_ITEMS ->
                  "{\"lines\":[{{#each lines}}{\"sku\":{{sku}},\"name\":\"<{{name}}>\","
                      + "\"amount\":{{amount}},\"note\":\"an item of the invoice {{$root.id}}\","
                      + "\"open\":{{open ?? true}}}{{/each}}]}";
              case MEGABYTE_OF_TEXT -> "{\"text\":{{text}}}";
            });
    tree = ((JsonReader.Result.Read) new JsonReader().read(data)).value();
    System.out.printf(Locale.ROOT, "%,d bytes of data, %,d sent%n", data.length, size());
  }

  private int size() {
    return plan.render(facts(Data.received(data))) instanceof Rendered.Request request
            && request.body() instanceof Rendered.Body.Made made
        ? made.bytes().length
        : -1;
  }

  private static RequestPlan plan(String template) {
    var text =
        new RequestText(
            Method.POST,
            "https://example.com/",
            List.of(),
            List.of(),
            new BodyText.JsonTemplate(template));
    return switch (RequestPlan.compile(text, SCOPE)) {
      case RequestPlan.Compiled.Ready(RequestPlan ready) -> ready;
      case RequestPlan.Compiled.Faulty(var faults) ->
          throw new IllegalStateException(faults.toString());
    };
  }

  private static String kilobyteOfData() {
    var json = new StringBuilder("{");
    for (int i = 0; i < 16; i++) {
      json.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":");
      json.append(i % 4 == 3 ? "12345.67" : "\"A value with \\\"quotes\\\" " + i + "\"");
    }
    return json.append("}").toString();
  }

  private static String kilobyte(String token) {
    var json = new StringBuilder("{");
    for (int i = 0; i < 16; i++) {
      String name = "f" + i;
      json.append("\"a_member_name_").append(i).append("\": ");
      json.append(
          i % 2 == 0
              ? token.formatted(name)
              : "\"the text that stands around it: " + token.formatted(name) + "\"");
      json.append(",\n  ");
    }
    return json.append("\"filler\": \"filler\"}").toString();
  }

  private static String items() {
    var json = new StringBuilder("{\"id\":\"INV0000001\",\"lines\":[");
    for (int i = 0; i < 8_500; i++) {
      json.append(i == 0 ? "" : ",");
      json.append("{\"sku\":\"SKU-").append(i).append("\",\"name\":\"An item, number ");
      json.append(i).append("\",\"amount\":").append(i).append(".50}");
    }
    return json.append("]}").toString();
  }

  private static Facts facts(Data data) {
    return new Facts(
        2, 1, "invoice.paid", 1_772_000_000_000L, 1, 1_772_000_001_000L, data, Map.of("key", "k"));
  }

  /// Notes the thread's CPU time.
  @Setup(Level.Iteration)
  public void before() {
    calls = 0;
    cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Prints what a call took of it.
  @TearDown(Level.Iteration)
  public void after() {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
    System.out.printf(Locale.ROOT, "(%.2f us of CPU) ", cpu / 1_000.0 / Math.max(1, calls));
  }

  /// From the event's bytes, as a delivery does: parsed and rendered.
  @Benchmark
  public Rendered parsedAndRendered() {
    calls++;
    return plan.render(facts(Data.received(data)));
  }

  /// From data that was parsed already.
  @Benchmark
  public Rendered rendered() {
    calls++;
    return plan.render(facts(Data.of(tree)));
  }
}
