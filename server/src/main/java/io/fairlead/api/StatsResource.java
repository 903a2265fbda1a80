package io.fairlead.api;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.Backlog;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.delivery.Statistics;
import io.fairlead.delivery.Statistics.AllUnfinished;
import io.fairlead.delivery.Statistics.ByConnector;
import io.fairlead.delivery.Statistics.Counted;
import io.fairlead.delivery.Statistics.Last;
import io.fairlead.delivery.Statistics.Unfinished;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.storage.Page;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// `/v1/stats`: how deliveries have gone, in numbers that were counted with them.
public final class StatsResource {
  private static final List<String> STEPS = List.of("1h", "1d");
  private static final int MOST_BUCKETS = 24 * 31;
  private static final int MOST_CONNECTORS = 100;
  private static final int RECENT_HOURS = 24;
  private static final int TOP = 10;

  /// More would pretend to be known.
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private final Statistics statistics;
  private final Backlog backlog;
  private final Catalog catalog;
  private final Clock clock;

  /// @param statistics what was counted
  /// @param backlog counts what waits
  /// @param catalog names the connectors
  public StatsResource(Statistics statistics, Backlog backlog, Catalog catalog, Clock clock) {
    this.statistics = statistics;
    this.backlog = backlog;
    this.catalog = catalog;
    this.clock = clock;
  }

  /// Hours from the epoch.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @param step how many make a bucket
  private record Hours(long from, long to, int step) {
    long bucketOf(long hour) {
      return Math.floorDiv(hour, step) * step;
    }

    List<Long> buckets() {
      return LongStream.iterate(bucketOf(from), hour -> hour < to, hour -> hour + step)
          .boxed()
          .toList();
    }
  }

  Response stats(Call call) {
    Long id = call.parameters().id("connector", Connector.PREFIX);
    Hours hours = hours(call);
    call.refuse();
    long tenant = call.tenant().id();
    long whose = id == null ? Statistics.ALL : id;
    SortedMap<Long, Counted> byHour =
        statistics
            .byHour(tenant, List.of(whose), hours.from(), hours.to())
            .getOrDefault(whose, new TreeMap<>());
    ByConnector byConnector =
        id == null
            ? statistics.byConnector(tenant, hours.from(), hours.to())
            : new ByConnector(Map.of(), hours.from());
    return Answers.json(
        200,
        Json.object()
            .put("from", time(hours.from()))
            .put("to", time(hours.to()))
            .put("step", hours.step() == 1 ? "1h" : "1d")
            .put("total", counted(Statistics.sum(byHour.values())).build())
            .put("buckets", Json.array(buckets(hours, byHour)))
            .putAll(unfinished(tenant, id))
            .put("connectorsFrom", time(byConnector.from()))
            .put(
                "failing",
                top(byConnector.counted(), counted -> counted.failed() + counted.retried()))
            .put("slowest", top(byConnector.counted(), counted -> percentile(counted, 0.95)))
            .build());
  }

  /// The hours that a time range touches; by default the last day.
  private Hours hours(Call call) {
    Long to = call.parameters().time("to");
    Long from = call.parameters().time("from");
    int step = call.parameters().word("step", STEPS, "1h").equals("1h") ? 1 : 24;
    long end = Math.ceilDiv(to == null ? clock.millis() : to, Statistics.HOUR_MILLIS);
    long begin = from == null ? end - RECENT_HOURS : Math.floorDiv(from, Statistics.HOUR_MILLIS);
    var hours = new Hours(begin, end, step);
    if (begin >= end) {
      call.faults().inParameter("to", "to is not after from.");
    } else if ((end - begin) / step > MOST_BUCKETS) {
      call.faults()
          .inParameter(
              "from",
              "from and to are at most %d steps of %s apart."
                  .formatted(MOST_BUCKETS, step == 1 ? "an hour" : "a day"));
    }
    return hours;
  }

  private static List<Json> buckets(Hours hours, SortedMap<Long, Counted> byHour) {
    var inBuckets = new HashMap<Long, List<Counted>>();
    byHour.forEach((hour, counted) ->
        inBuckets.computeIfAbsent(hours.bucketOf(hour), _ -> new ArrayList<>()).add(counted));
    return hours.buckets().stream()
        .<Json>map(bucket ->
            Json.object()
                .put("at", time(bucket))
                .putAll(counted(Statistics.sum(inBuckets.getOrDefault(bucket, List.of()))).build())
                .build())
        .toList();
  }

  private static Json.Builder counted(Counted counted) {
    return Json.object()
        .put("succeeded", counted.succeeded())
        .put("ignored", counted.ignored())
        .put("failed", counted.failed())
        .put("retried", counted.retried())
        .put("p50Ms", millis(counted.percentile(0.5)))
        .put("p95Ms", millis(counted.percentile(0.95)))
        .put("p99Ms", millis(counted.percentile(0.99)));
  }

  private static Json millis(@Nullable Double millis) {
    return millis == null
        ? JsonNull.NULL
        : new JsonNumber(
            new BigDecimal(millis).round(THREE_DIGITS).stripTrailingZeros().toPlainString());
  }

  private static double percentile(Counted counted, double share) {
    return Objects.requireNonNullElse(counted.percentile(share), 0.0);
  }

  private Json.JsonObject unfinished(long tenant, @Nullable Long id) {
    Connector one = id == null ? null : catalog.get(id);
    boolean isMine = one != null && one.tenant() == tenant;
    AllUnfinished all =
        id == null
            ? statistics.unfinished(tenant)
            : isMine ? statistics.unfinishedOf(id) : new AllUnfinished(Map.of(), false);
    List<Unfinished> seen = new ArrayList<>();
    all.byConnector()
        .forEach((connector, unfinished) -> {
          Connector named = catalog.get(connector);
          if (named != null) {
            seen.add(named.runs() ? unfinished : new Unfinished(0, 0, unfinished.all()));
          }
        });
    return Json.object()
        .put("waiting", seen.stream().mapToLong(Unfinished::waiting).sum())
        .put("retrying", seen.stream().mapToLong(Unfinished::retrying).sum())
        .put("held", seen.stream().mapToLong(Unfinished::keptBack).sum())
        .put("unfinishedIsLeast", all.isLeast())
        .build();
  }

  private record Ranked(Connector connector, Counted counted, double figure) {}

  /// The connectors for which a figure is highest; those that have been deleted are left out.
  private Json top(Map<Long, Counted> byConnector, ToDoubleFunction<Counted> figure) {
    var ranked = new ArrayList<Ranked>();
    byConnector.forEach((id, counted) -> {
      Connector connector = catalog.get(id);
      double value = figure.applyAsDouble(counted);
      if (connector != null && value > 0) {
        ranked.add(new Ranked(connector, counted, value));
      }
    });
    List<Ranked> top =
        ranked.stream()
            .sorted(Comparator.comparingDouble(Ranked::figure).reversed())
            .limit(TOP)
            .toList();
    Map<Long, Integer> waiting =
        backlog.counts(top.stream().map(one -> one.connector().id()).toList(), Page.MOST_COUNTED);
    return Json.array(
        top.stream()
            .<Json>map(one ->
                Json.object()
                    .put("connector", ConnectorResource.reference(one.connector()))
                    .put("attempts", one.counted().attempts())
                    .putAll(counted(one.counted()).build())
                    .put("unfinished", waiting.getOrDefault(one.connector().id(), 0))
                    .build())
            .toList());
  }

  /// For lists of connectors: what came of each lately.
  Response ofConnectors(Call call) {
    List<String> texts = call.parameters().all("id");
    if (texts.isEmpty() || texts.size() > MOST_CONNECTORS) {
      call.faults().inParameter("id", "id stands from 1 to %d times.".formatted(MOST_CONNECTORS));
    }
    List<Long> ids =
        texts.stream()
            .map(text -> call.parameters().idIn("id", text, Connector.PREFIX))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    call.refuse();
    long tenant = call.tenant().id();
    List<Connector> connectors =
        ids.stream()
            .map(catalog::get)
            .filter(Objects::nonNull)
            .filter(connector -> connector.tenant() == tenant)
            .toList();
    return Answers.json(200, Json.object().put("data", recent(tenant, connectors)).build());
  }

  private Json recent(long tenant, List<Connector> connectors) {
    List<Long> ids = connectors.stream().map(Connector::id).toList();
    long to = Math.floorDiv(clock.millis(), Statistics.HOUR_MILLIS) + 1;
    var hours = new Hours(to - RECENT_HOURS, to, 1);
    Map<Long, Last> last = statistics.last(ids);
    Map<Long, SortedMap<Long, Counted>> byHour =
        statistics.byHour(tenant, ids, hours.from(), hours.to());
    return Json.array(
        connectors.stream()
            .<Json>map(connector ->
                Json.object()
                    .put("connector", ConnectorResource.reference(connector))
                    .put("lastResult", last(last.get(connector.id())))
                    .put(
                        "recent",
                        recent(hours, byHour.getOrDefault(connector.id(), new TreeMap<>())))
                    .build())
            .toList());
  }

  private static Json last(@Nullable Last last) {
    return last == null
        ? JsonNull.NULL
        : Json.object()
            .put("delivery", Ids.text(LoggedDelivery.PREFIX, last.delivery()))
            .put("state", last.state().name())
            .put("at", Answers.time(last.at()))
            .put("status", Answers.number(last.status()))
            .put("error", last.error())
            .build();
  }

  private static Json recent(Hours hours, SortedMap<Long, Counted> byHour) {
    var none = Statistics.sum(List.of());
    List<Counted> each =
        hours.buckets().stream().map(hour -> byHour.getOrDefault(hour, none)).toList();
    return Json.object()
        .put("from", time(hours.from()))
        .put("step", "1h")
        .put(
            "succeeded",
            Json.array(each.stream().map(one -> Json.of(one.succeeded() + one.ignored())).toList()))
        .put("retried", Json.array(each.stream().map(one -> Json.of(one.retried())).toList()))
        .put("failed", Json.array(each.stream().map(one -> Json.of(one.failed())).toList()))
        .build();
  }

  private static Json time(long hour) {
    return Answers.time(hour * Statistics.HOUR_MILLIS);
  }
}
