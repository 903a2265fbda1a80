package io.fairlead.demo;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A hub as a program sees it: over HTTP, with a key.
public final class HubApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final JsonReader json = new JsonReader();
  private final String origin;
  private final String key;

  /// @param origin such as `http://127.0.0.1:8080`
  /// @param key an API key
  public HubApi(String origin, String key) {
    this.origin = origin;
    this.key = key;
  }

  /// Makes a connector.
  ///
  /// @return its id
  public String makeConnector(String document) {
    return Fields.text(answer("POST", "/v1/connectors", document), "id");
  }

  /// Sends an event; it is on disk when this returns.
  public void sendEvent(String event) {
    var _ = answer("POST", "/v1/events", event);
  }

  /// The oldest thousand deliveries, the oldest first.
  public List<SeenDelivery> deliveries() {
    JsonObject page = answer("GET", "/v1/deliveries?sort=createdAt&limit=1000", "");
    var deliveries = new ArrayList<SeenDelivery>();
    if (page.get("data") instanceof JsonArray data) {
      for (Json item : data.items()) {
        if (item instanceof JsonObject delivery) {
          deliveries.add(SeenDelivery.of(delivery));
        }
      }
    }
    return deliveries;
  }

  /// The last attempt of a delivery, as it was sent and answered.
  public SeenAttempt lastAttempt(String delivery) {
    JsonObject found = answer("GET", "/v1/deliveries/" + delivery, "");
    if (found.get("attempts") instanceof JsonArray attempts
        && attempts.items().getLast() instanceof JsonObject last) {
      return SeenAttempt.of(answer("GET", "/v1/attempts/" + Fields.text(last, "id"), ""));
    }
    throw new IllegalStateException("The delivery %s has no attempt.".formatted(delivery));
  }

  private JsonObject answer(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> response = sent(request.build());
    if (response.statusCode() < 300
        && json.readTrusted(response.body()) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalStateException(
        "%s %s was answered %d: %s"
            .formatted(
                method,
                path,
                response.statusCode(),
                new String(response.body(), StandardCharsets.UTF_8)));
  }

  private HttpResponse<byte[]> sent(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("The hub can't be called.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while calling the hub.", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
