package io.fairlead.render;

import io.fairlead.base.Ids;
import io.fairlead.base.Quote;
import io.fairlead.base.Times;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.render.Expression.Path;
import io.fairlead.render.Expression.SystemValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What tokens find while one attempt is rendered. One for each rendering.
final class Values {
  /// Sets the hub's `$uuid` apart from other name-based UUIDs (RFC 9562, 5.5).
  private static final byte[] NAMESPACE =
      "io.fairlead:delivery".getBytes(StandardCharsets.US_ASCII);

  private final Facts facts;
  private final Scope scope;
  private final @Nullable Trace trace;

  /// @param trace notes what is found, when somebody looks
  Values(Facts facts, Scope scope, @Nullable Trace trace) {
    this.facts = facts;
    this.scope = scope;
    this.trace = trace;
  }

  /// What no delivery changes.
  static Values fixed(Scope scope) {
    var facts = new Facts(0, 0, "", 0, 0, 0, Data.received(new byte[0]), Map.of());
    return new Values(facts, scope, null);
  }

  Data data() {
    return facts.data();
  }

  long delivery() {
    return facts.delivery();
  }

  @Nullable Trace trace() {
    return trace;
  }

  /// Where a token's value comes from, in words.
  String source(Expression expression) {
    return switch (expression) {
      case SystemValue system -> system.text();
      case Path path -> "%s at %s".formatted(facts.data().words(), Quote.of(path.path().text()));
    };
  }

  /// What a token came to.
  sealed interface Found {
    /// It has a value.
    record Value(Json json) implements Found {}

    /// It has none; the reason completes "{{x}} in the URL path: ".
    record Missing(String reason) implements Found {}
  }

  Found find(Expression expression) {
    return switch (expression) {
      case SystemValue system -> new Found.Value(system(system));
      case Path path -> look(path);
    };
  }

  private Json system(SystemValue value) {
    return switch (value) {
      case EVENT_ID -> Json.of(Ids.text("evt_", facts.event()));
      case EVENT_TYPE -> Json.of(facts.eventType());
      case EVENT_TIME -> Json.of(Times.text(facts.occurredAt()));
      case TENANT_ID -> Json.of(scope.tenant());
      case CONNECTOR_NAME -> Json.of(scope.connector());
      case ATTEMPT -> Json.of(facts.attempt());
      case NOW -> Json.of(Times.text(facts.now()));
      case UUID -> Json.of(uuid(facts.delivery()).toString());
    };
  }

  /// A version 5 UUID of the delivery, so that each attempt has the same.
  private static UUID uuid(long delivery) {
    byte[] hash;
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(NAMESPACE);
      hash = sha1.digest(ByteBuffer.allocate(8).putLong(delivery).array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    long high = (bytes.getLong() & ~0xF000L) | 0x5000L;
    long low = (bytes.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }

  private Found look(Path path) {
    Json here;
    switch (facts.data().tree()) {
      case Data.Tree.Read(Json value) -> here = value;
      case Data.Tree.Unreadable(String detail) -> {
        return new Found.Missing("the event's data cannot be read. " + detail);
      }
    }
    return switch (path.path().find(here)) {
      case JsonPath.Found.Value(Json value) -> new Found.Value(value);
      case JsonPath.Found.Missing(String reason) -> new Found.Missing(reason);
    };
  }

  /// The text that a value is in a place for text, or null for what is no text.
  static @Nullable String text(Json value) {
    return switch (value) {
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> text;
      case Json.JsonBool(boolean bool) -> bool ? "true" : "false";
      case Json.JsonNull nothing -> null;
      case JsonObject object -> null;
      case JsonArray array -> null;
    };
  }
}
