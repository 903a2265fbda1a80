package io.fairlead.connector;

import io.fairlead.base.Times;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Members;
import java.time.Duration;

/// The member `policy` of a connector's document.
final class PolicyDocument {
  private PolicyDocument() {}

  static Policy read(Members settings) {
    Members policy = settings.object("policy");
    if (policy == null) {
      return Policy.DEFAULT;
    }
    var read =
        new Policy(
            policy.duration(
                "timeout", Duration.ofSeconds(1), Duration.ofMinutes(2), Policy.DEFAULT.timeout()),
            policy.durations(
                "retrySchedule",
                20,
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                Policy.DEFAULT.retrySchedule()),
            policy.wholeNumber("concurrency", 1, 1_000, Policy.DEFAULT.concurrency()));
    policy.refuseOthers();
    return read;
  }

  static Json write(Policy policy) {
    return Json.object()
        .put("timeout", Times.text(policy.timeout()))
        .put(
            "retrySchedule",
            new JsonArray(
                policy.retrySchedule().stream()
                    .<Json>map(wait -> Json.of(Times.text(wait)))
                    .toList()))
        .put("concurrency", policy.concurrency())
        .build();
  }
}
