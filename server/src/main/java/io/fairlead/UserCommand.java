package io.fairlead;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.tenant.Role;
import io.fairlead.tenant.Tenant;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `fairlead user add EMAIL`: lets somebody in, or in again when they have forgotten their
/// password. It asks the running hub, over its API with the operator's key: two processes that
/// write to one database would each know half of who is there.
final class UserCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CONFLICT = 409;

  /// What the command line says.
  ///
  /// @param email of whom
  record Wanted(String email, String tenant, String role, boolean operator) {
    /// Null when it says something else.
    static @Nullable Wanted of(List<String> words) {
      if (words.size() < 3 || !words.subList(0, 2).equals(List.of("user", "add"))) {
        return null;
      }
      String tenant = Tenant.DEFAULT;
      String role = "owner";
      boolean operator = false;
      for (int i = 3; i < words.size(); i++) {
        String next = i + 1 < words.size() ? words.get(i + 1) : "";
        switch (words.get(i)) {
          case "--operator" -> operator = true;
          case "--tenant" -> {
            tenant = next;
            i++;
          }
          case "--role" -> {
            role = next;
            i++;
          }
          default -> {
            return null;
          }
        }
      }
      boolean right = tenant.matches("[a-z0-9_-]{1,64}") && Role.OF_USERS.contains(role);
      return right ? new Wanted(words.get(2), tenant, role, operator) : null;
    }
  }

  private record Answer(int status, Json body) {}

  private final JsonReader json = new JsonReader();
  private final String address;
  private final String key;
  private final PrintStream out;

  private UserCommand(String address, String key, PrintStream out) {
    this.address = address;
    this.key = key;
    this.out = out;
  }

  /// Runs it.
  ///
  /// @param settings the environment, which says where the hub's data folder is
  /// @throws Config.Wrong when the hub can't be asked, or refuses
  static void run(Wanted wanted, Map<String, String> settings, PrintStream out) {
    Config config = Config.read(settings);
    String address = new AddressFile(config.data()).read();
    new UserCommand(address, operatorKey(config), out).add(wanted);
  }

  private static String operatorKey(Config config) {
    String key = config.operatorKey();
    Path file = config.data().resolve("operator.key");
    try {
      return key == null ? Files.readString(file).strip() : key;
    } catch (IOException e) {
      throw new Config.Wrong("The operator's key in %s can't be read: %s".formatted(file, e));
    }
  }

  private void add(Wanted wanted) {
    Json document =
        Json.object()
            .put("email", wanted.email())
            .put("role", wanted.role())
            .put("operator", wanted.operator())
            .build();
    Answer answer = send(wanted, "POST", "/v1/users", document);
    if (answer.status() == CONFLICT) {
      String path = "/v1/users/%s/invitation".formatted(find(wanted));
      answer = send(wanted, "POST", path, Json.object().build());
      out.println(
          "%s is in the tenant %s already. This link lets them in, with a new password:"
              .formatted(wanted.email(), wanted.tenant()));
    } else {
      refuse(answer);
      out.println(
          "%s may join the tenant %s as %s, with this link:"
              .formatted(wanted.email(), wanted.tenant(), wanted.role()));
    }
    refuse(answer);
    out.println();
    out.println("  " + text(answer.body(), "link"));
    out.println();
    out.println("It works once, for an hour.");
  }

  private String find(Wanted wanted) {
    String email = wanted.email().strip();
    String cursor = "";
    while (true) {
      Answer page = send(wanted, "GET", "/v1/users?limit=1000" + cursor, null);
      refuse(page);
      if (page.body() instanceof JsonObject list
          && list.get("data") instanceof JsonArray(List<Json> users)) {
        for (Json user : users) {
          if (text(user, "email").equalsIgnoreCase(email)) {
            return text(user, "id");
          }
        }
      }
      String next = text(page.body(), "next");
      if (next.isEmpty()) {
        throw new Config.Wrong("The hub says that they are there already, and does not list them.");
      }
      cursor = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }

  private static void refuse(Answer answer) {
    if (answer.status() >= 300) {
      throw new Config.Wrong(text(answer.body(), "detail"));
    }
  }

  private static String text(Json json, String name) {
    return json instanceof JsonObject object && object.get(name) instanceof JsonString(String text)
        ? text
        : "";
  }

  private Answer send(Wanted wanted, String method, String path, @Nullable Json body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Fairlead-Tenant", wanted.tenant())
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JsonWriter.bytes(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json.readTrusted(response.body()));
    } catch (IOException e) {
      throw new Config.Wrong(
          "The hub does not answer at %s. Is it running? (%s)".formatted(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Config.Wrong("Interrupted while asking the hub.");
    }
  }
}
