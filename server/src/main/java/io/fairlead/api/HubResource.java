package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Refused;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The hub itself: its health, its metrics, its contract. Probes may add what parameters they like.
public final class HubResource {
  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  private final Supplier<Optional<String>> notReady;
  private final PrometheusMeterRegistry meters;
  private final byte[] contract;

  /// @param notReady why the hub takes no events now, in a sentence; empty when it does
  public HubResource(Supplier<Optional<String>> notReady, PrometheusMeterRegistry meters) {
    this.notReady = notReady;
    this.meters = meters;
    this.contract = contract();
  }

  private static byte[] contract() {
    try (InputStream in = HubResource.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Response health(Call call) {
    return status("ok");
  }

  Response readiness(Call call) {
    Optional<String> why = notReady.get();
    if (why.isPresent()) {
      throw new Refused(Problem.unavailable(why.get(), COME_AGAIN));
    }
    return status("ready");
  }

  private static Response status(String status) {
    return Answers.json(200, Json.object().put("status", status).build());
  }

  Response metrics(Call call) {
    return Response.of(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        meters.scrape().getBytes(StandardCharsets.UTF_8));
  }

  Response contract(Call call) {
    return Response.of(200, "application/yaml", contract);
  }
}
