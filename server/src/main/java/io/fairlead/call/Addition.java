package io.fairlead.call;

import io.fairlead.authorization.BodyShape;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.secrets.Mask;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters that a credential adds to bodies: members at the end of a JSON object, or fields
/// at the end of a form.
final class Addition {
  private static final JsonReader READER = new JsonReader();

  private final BodyShape shape;
  private final List<String> names;
  private final byte[] sent;
  private final byte[] shown;

  /// @param shape of the bodies that are added to
  /// @param parameters names and values
  Addition(BodyShape shape, List<Map.Entry<String, String>> parameters) {
    this.shape = shape;
    this.names = parameters.stream().map(Map.Entry::getKey).toList();
    this.sent = written(parameters, false);
    this.shown = written(parameters, true);
  }

  private byte[] written(List<Map.Entry<String, String>> parameters, boolean masked) {
    var out = new StringBuilder();
    for (Map.Entry<String, String> one : parameters) {
      String value = masked ? Mask.SHOWN : one.getValue();
      if (shape == BodyShape.FORM) {
        out.append(out.isEmpty() ? "" : "&").append(form(one.getKey())).append('=');
        out.append(masked ? value : form(value));
      } else {
        out.append(out.isEmpty() ? "" : ",").append(json(one.getKey())).append(':');
        out.append(json(value));
      }
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(String text) {
    return JsonWriter.text(Json.of(text));
  }

  /// Why nothing can be added to a body, in a sentence; null when it can.
  @Nullable String refusal(byte @Nullable [] body) {
    if (body == null || shape == BodyShape.NONE) {
      return "The authorization adds to the body, and there is none.";
    }
    return switch (shape) {
      case FORM -> null;
      case JSON -> jsonRefusal(body);
      case OTHER, NONE -> "The authorization adds to the body, which works in json and form only.";
    };
  }

  private @Nullable String jsonRefusal(byte[] body) {
    if (!(READER.read(body) instanceof JsonReader.Result.Read(JsonObject object))) {
      return "The authorization adds a member to the body, and the body is no JSON object.";
    }
    for (String name : names) {
      if (object.get(name) != null) {
        return "The authorization adds the member %s to the body, which has it already."
            .formatted(name);
      }
    }
    return null;
  }

  /// A body that was not refused, with the parameters.
  byte[] to(byte[] body) {
    return with(body, sent);
  }

  /// The same to be shown, masked.
  byte[] toShown(byte[] body) {
    return with(body, shown);
  }

  private byte[] with(byte[] body, byte[] added) {
    var out = new ByteArrayOutputStream(body.length + added.length + 1);
    if (shape == BodyShape.FORM) {
      out.writeBytes(body);
      if (body.length > 0) {
        out.write('&');
      }
      out.writeBytes(added);
      return out.toByteArray();
    }
    int close = body.length - 1;
    while (body[close] != '}') {
      close--;
    }
    int last = close - 1;
    while (" \t\r\n".indexOf(body[last]) >= 0) {
      last--;
    }
    out.write(body, 0, close);
    if (body[last] != '{') {
      out.write(',');
    }
    out.writeBytes(added);
    out.write(body, close, body.length - close);
    return out.toByteArray();
  }
}
