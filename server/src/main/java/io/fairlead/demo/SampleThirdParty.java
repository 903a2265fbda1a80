package io.fairlead.demo;

import io.fairlead.http.Edge;
import io.fairlead.http.Head;
import io.fairlead.http.Network;
import io.fairlead.http.Request;
import io.fairlead.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A third party with four tempers, by the first segment of the path: `billing` answers at once,
/// `crm` takes its time, `tickets` fails twice before it heals, `fax` never answers. It listens on
/// this machine only.
public final class SampleThirdParty implements AutoCloseable {
  private static final int MOST_BODY_BYTES = 1 << 20;
  private static final Duration SLOWNESS = Duration.ofMillis(400);
  private static final int ERRORS_BEFORE_HEALING = 2;

  private final Network network;
  private final int port;

  private SampleThirdParty(Network network) {
    this.network = network;
    this.port = network.listen("127.0.0.1", 0, new Tempers()).port();
  }

  /// Starts one on a free port.
  public static SampleThirdParty start() {
    return new SampleThirdParty(Network.open(1));
  }

  /// Where it listens: host and port.
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    network.close();
  }

  private static final class Tempers implements Edge {
    private final Map<String, Integer> errors = new ConcurrentHashMap<>();

    @Override
    public Take take(Head head) {
      String path = head.path();
      if (path.startsWith("/billing/")) {
        return new OnLoop(
            MOST_BODY_BYTES, (request, answer) -> answer.accept(json(200, "{\"booked\":true}")));
      }
      if (path.startsWith("/crm/")) {
        return new OnThread(MOST_BODY_BYTES, request -> slowly());
      }
      if (path.startsWith("/tickets/")) {
        return new OnLoop(MOST_BODY_BYTES, (request, answer) -> answer.accept(healing(request)));
      }
      if (path.startsWith("/fax/")) {
        return new OnLoop(MOST_BODY_BYTES, (request, answer) -> {});
      }
      return new Now(json(404, "{\"error\":\"nobody here\"}"));
    }

    private static Response slowly() {
      try {
        Thread.sleep(SLOWNESS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return json(201, "{\"noted\":true}");
    }

    /// Every delivery meets the trouble anew: its id is the same in each of its attempts.
    private Response healing(Request request) {
      String delivery = String.valueOf(request.header("webhook-id"));
      return errors.merge(delivery, 1, Integer::sum) > ERRORS_BEFORE_HEALING
          ? json(200, "{\"ticket\":\"opened\"}")
          : json(503, "{\"error\":\"down for a moment\"}");
    }

    private static Response json(int status, String body) {
      return Response.of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Response refuse(Refusal why, @Nullable Head head) {
      return Response.empty(400);
    }
  }
}
