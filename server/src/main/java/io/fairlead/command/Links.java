package io.fairlead.command;

import io.fairlead.base.Clock;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.render.Method;
import io.fairlead.secrets.SecretBox;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Links that run a command with inputs that were fixed when they were made. All that a link says
/// is sealed in it, so that nothing is stored, nobody can read or change its inputs, and it ends by
/// itself. A link runs as the tenant whose it is; it works as long as the command may be run, even
/// if the key that made it has been revoked.
public final class Links {
  /// How large the inputs of a link may be, in bytes of JSON: a URL must stay below 4 KiB.
  public static final int MOST_INPUTS = 2_000;

  /// The shortest life of a link.
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /// The longest.
  public static final Duration LONGEST = Duration.ofDays(30);

  /// What a link is sealed for, in the place of a row: it opens nothing else.
  private static final long PURPOSE = 0x6c696e6b_00000001L;

  private static final int LONGEST_TOKEN = 4_000;
  private static final JsonReader READER = new JsonReader();

  private final SecretBox secrets;
  private final Clock clock;

  /// @param secrets seals the links
  public Links(SecretBox secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /// What a link stands for.
  ///
  /// @param tenant its tenant's number
  /// @param expiresAt epoch milliseconds
  /// @param key the number of the API key that made it; null when it was the operator's, or a
  ///   person
  /// @param madeBy what the key was called
  public record Link(
      long tenant,
      String command,
      JsonObject inputs,
      long expiresAt,
      @Nullable Long key,
      @Nullable String madeBy) {
    /// Who asks when it is opened.
    public Asker asker() {
      return new Asker(Asker.Kind.LINK, key, madeBy);
    }
  }

  /// What opening a link came to.
  public sealed interface Opened {
    /// It may be followed.
    record Good(Link link) implements Opened {}

    /// Its time is over.
    record Expired(Link link) implements Opened {}

    /// It is no link of this hub's, or was changed on its way.
    enum Wrong implements Opened {
      /// The only one.
      WRONG
    }
  }

  /// A new link.
  ///
  /// @param life how long it works
  /// @param maker who makes it
  public Link link(long tenant, String command, JsonObject inputs, Duration life, Asker maker) {
    long expiresAt = clock.millis() + life.toMillis();
    return new Link(tenant, command, inputs, expiresAt, maker.key(), maker.name());
  }

  /// The last segment of a link's URL.
  public String token(Link link) {
    Json content =
        new JsonArray(
            List.of(
                Json.of(link.tenant()),
                Json.of(link.command()),
                link.inputs(),
                Json.of(link.expiresAt()),
                link.key() == null ? Json.JsonNull.NULL : Json.of(link.key()),
                Json.of(link.madeBy())));
    byte[] sealed = secrets.seal(JsonWriter.bytes(content), 0, PURPOSE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// What a link stands for, if it is one.
  public Opened open(String token) {
    byte[] sealed = decoded(token);
    if (sealed == null) {
      return Opened.Wrong.WRONG;
    }
    return switch (secrets.open(sealed, 0, PURPOSE)) {
      case SecretBox.Opened.Plain(byte[] content) -> {
        Link link = link(READER.readTrusted(content));
        yield link.expiresAt() > clock.millis() ? new Opened.Good(link) : new Opened.Expired(link);
      }
      case SecretBox.Opened.KeyMissing _, SecretBox.Opened.Broken _ -> Opened.Wrong.WRONG;
    };
  }

  private static byte @Nullable [] decoded(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return null;
    }
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Link link(Json content) {
    if (content instanceof JsonArray(List<Json> all)
        && all.size() == 6
        && all.get(0) instanceof JsonNumber(String tenant)
        && all.get(1) instanceof JsonString(String command)
        && all.get(2) instanceof JsonObject inputs
        && all.get(3) instanceof JsonNumber(String expiresAt)) {
      return new Link(
          Long.parseLong(tenant),
          command,
          inputs,
          Long.parseLong(expiresAt),
          all.get(4) instanceof JsonNumber(String key) ? Long.valueOf(key) : null,
          all.get(5) instanceof JsonString(String name) ? name : null);
    }
    throw new IllegalStateException("a link that the hub sealed has another content");
  }

  /// Why a run may not be had by a link, as a sentence; null when it may: a link is followed by
  /// whoever sees it, as often as they like, so that it may only read.
  public static @Nullable String refusal(RunOrder order) {
    for (RunOrder.Ask ask : order.asks()) {
      Method method = ask.connector().plan().method();
      if (method != Method.GET) {
        return "A link is only for commands that read: the target %s is asked with %s, not GET."
            .formatted(ask.name(), method.name());
      }
    }
    return null;
  }
}
