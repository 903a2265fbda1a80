package io.fairlead.template;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts values into the places of a template's document that ask for them.
///
/// A place is an object with one of these members; `ref` is a field's name, or `field.group` for
/// what a named group of its pattern matched. Where a value is not given its place is left out.
/// - `$value: ref`: the value, whole
/// - `$text: "a ${ref} b"`: a text around it
/// - `$url: "https://host/${ref}"`: the same with the value percent-encoded, so that it stays
///   within its segment
/// - `$if: ref` or `{field, is: [..]}`, `$then: ..`, `$else: ..`
/// - `$choose: ref`, `$of: {value: ..}`
/// - `$custom: {query: ref, headers: ref}`: a custom authorization, from `a=b&c=d` and from those
///   of pasted headers that hold secrets
/// - `$headers: ref`: pasted headers less these
///
/// A value is never read as a template of ours, and a token only where its field says so. Secrets
/// stand in authorization and signing alone.
final class Placeholders {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final Template template;
  private final Values values;
  private final Members members;
  private final Map<String, String> origins = new LinkedHashMap<>();

  private Placeholders(Template template, Values values, Members members) {
    this.template = template;
    this.values = values;
    this.members = members;
  }

  /// Fills a template; meaningless when there are new faults.
  ///
  /// @param members those of `values`
  static Filled fill(Template template, Members members) {
    Values values = Values.read(template, members);
    var placeholders = new Placeholders(template, values, members);
    Json filled = placeholders.fill(template.connector(), "");
    JsonObject document = filled instanceof JsonObject object ? object : JsonObject.EMPTY;
    return new Filled(document, placeholders.origins);
  }

  private @Nullable Json fill(Json part, String pointer) {
    return switch (part) {
      case JsonObject object -> fillObject(object, pointer);
      case JsonArray(List<Json> items) -> {
        var filled = new ArrayList<Json>();
        for (Json item : items) {
          Json made = fill(item, pointer + "/" + filled.size());
          if (made != null) {
            filled.add(made);
          }
        }
        yield Json.array(filled);
      }
      case JsonString text -> text;
      case Json.JsonNumber number -> number;
      case Json.JsonBool flag -> flag;
      case Json.JsonNull none -> none;
    };
  }

  private @Nullable Json fillObject(JsonObject object, String pointer) {
    String name = object.members().isEmpty() ? "" : object.members().firstEntry().getKey();
    return switch (name) {
      case "$value" -> value(text(object, name), pointer);
      case "$text" -> around(text(object, name), pointer, false);
      case "$url" -> around(text(object, name), pointer, true);
      case "$if" -> {
        Json branch = object.get(holds(object.get(name)) ? "$then" : "$else");
        yield branch == null ? null : fill(branch, pointer);
      }
      case "$choose" -> {
        String chosen = values.text(text(object, name));
        Json branch =
            chosen != null && object.get("$of") instanceof JsonObject of ? of.get(chosen) : null;
        yield branch == null ? null : fill(branch, pointer);
      }
      case "$custom" -> custom(object.get(name), pointer + "/parameters");
      case "$headers" -> headers(text(object, name), pointer);
      default -> fillMembers(object.members(), pointer);
    };
  }

  private Json fillMembers(SequencedMap<String, Json> parts, String pointer) {
    var filled = Json.object();
    parts.forEach((name, part) -> {
      Json made = fill(part, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
      if (made != null) {
        filled.put(name, made);
      }
    });
    return filled.build();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString(String text) ? text : "";
  }

  private boolean holds(@Nullable Json condition) {
    if (condition instanceof JsonString(String reference)) {
      return values.has(reference);
    }
    return condition instanceof JsonObject object
        && values.is(text(object, "field"), texts(object.get("is")));
  }

  private static List<String> texts(@Nullable Json value) {
    return switch (value) {
      case JsonString(String text) -> List.of(text);
      case JsonArray(List<Json> items) -> items.stream().flatMap(i -> texts(i).stream()).toList();
      case null -> List.of();
      case JsonObject object -> List.of();
      case Json.JsonNumber number -> List.of();
      case Json.JsonBool flag -> List.of();
      case Json.JsonNull none -> List.of();
    };
  }

  private @Nullable Json value(String reference, String pointer) {
    Json value = values.get(reference);
    if (value != null) {
      origins.put(pointer, field(reference));
    }
    return value;
  }

  private @Nullable Json around(String pattern, String pointer, boolean encoded) {
    Matcher matcher = REFERENCE.matcher(pattern);
    var out = new StringBuilder();
    while (matcher.find()) {
      String reference = matcher.group(1);
      String value = values.text(reference);
      if (value == null) {
        return null;
      }
      origins.put(pointer, field(reference));
      refuseBraces(reference, value);
      matcher.appendReplacement(out, Matcher.quoteReplacement(encoded ? encoded(value) : value));
    }
    return Json.of(matcher.appendTail(out).toString());
  }

  /// Two texts that are none could be put together to a token.
  private void refuseBraces(String reference, String value) {
    TemplateField field = template.field(field(reference)).orElse(null);
    if (field == null || field.tokens() || field.isSecret()) {
      return;
    }
    if (value.indexOf('{') >= 0 || value.indexOf('}') >= 0) {
      members.fault(field.name(), field.label() + " takes no { and no }.");
    }
  }

  private static String encoded(String value) {
    var out = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append("%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }

  private @Nullable Json custom(@Nullable Json from, String pointer) {
    var rows = new ArrayList<Json>();
    if (from instanceof JsonObject object) {
      addQuery(rows, text(object, "query"), pointer);
      addHeaders(rows, text(object, "headers"), pointer);
    }
    return rows.isEmpty()
        ? null
        : Json.object().put("kind", "custom").put("parameters", Json.array(rows)).build();
  }

  private void addQuery(List<Json> rows, String reference, String pointer) {
    String text = values.text(reference);
    if (text == null || text.isEmpty()) {
      return;
    }
    String pairs = text.startsWith("?") ? text.substring(1) : text;
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        members.fault(
            field(reference), "Write it like api_key=X, or like api_key=X&credential=Y for more.");
        return;
      }
      add(
          rows,
          "query",
          decoded(pair.substring(0, equals)),
          decoded(pair.substring(equals + 1)),
          pointer,
          reference);
    }
  }

  private static String decoded(String text) {
    try {
      return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private void addHeaders(List<Json> rows, String reference, String pointer) {
    String text = values.text(reference);
    if (text == null) {
      return;
    }
    for (PastedHeaders.Header header : PastedHeaders.read(text)) {
      if (header.isSecret()) {
        add(rows, "header", header.name(), header.value(), pointer, reference);
      }
    }
  }

  private void add(
      List<Json> rows, String in, String name, String value, String pointer, String reference) {
    origins.put(pointer + "/" + rows.size(), field(reference));
    rows.add(Json.object().put("in", in).put("name", name).put("value", value).build());
  }

  private @Nullable Json headers(String reference, String pointer) {
    String text = values.text(reference);
    if (text == null) {
      return null;
    }
    origins.put(pointer, field(reference));
    List<String> plain =
        PastedHeaders.read(text).stream()
            .filter(header -> !header.isSecret())
            .map(PastedHeaders.Header::text)
            .toList();
    return plain.isEmpty() ? null : Json.of(String.join("|", plain));
  }

  private static String field(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }

  /// Notes what is wrong with the places of a template, whatever the values.
  static void check(Template template, Faults faults) {
    check(template, template.connector(), "", faults);
  }

  private static void check(Template template, Json part, String pointer, Faults faults) {
    switch (part) {
      case JsonObject object -> checkObject(template, object, pointer, faults);
      case JsonArray(List<Json> items) -> {
        for (int i = 0; i < items.size(); i++) {
          check(template, items.get(i), pointer + "/" + i, faults);
        }
      }
      case JsonString text -> {}
      case Json.JsonNumber number -> {}
      case Json.JsonBool flag -> {}
      case Json.JsonNull none -> {}
    }
  }

  private static void checkObject(
      Template template, JsonObject object, String pointer, Faults faults) {
    String name = object.members().isEmpty() ? "" : object.members().firstEntry().getKey();
    switch (name) {
      case "$value" -> checkReference(template, text(object, name), pointer, faults);
      case "$text", "$url" -> {
        if (pointer.equals("/body/template")) {
          faults.at(pointer, "A text put into a body's template could break it.");
        }
        Matcher matcher = REFERENCE.matcher(text(object, name));
        while (matcher.find()) {
          checkReference(template, matcher.group(1), pointer, faults);
        }
      }
      case "$if", "$choose" -> {
        String reference =
            object.get(name) instanceof JsonObject condition
                ? text(condition, "field")
                : text(object, name);
        if (template.field(field(reference)).isEmpty()) {
          faults.at(pointer, "There is no field " + reference + ".");
        }
        object.members().values().forEach(branch -> check(template, branch, pointer, faults));
      }
      case "$custom" -> {
        if (object.get(name) instanceof JsonObject from) {
          from.members()
              .keySet()
              .forEach(key -> checkReference(template, text(from, key), pointer, faults));
        }
      }
      case "$headers" -> {
        if (template.field(text(object, name)).isEmpty()) {
          faults.at(pointer, "There is no field " + text(object, name) + ".");
        }
      }
      default ->
          object
              .members()
              .forEach((member, value) -> check(template, value, pointer + "/" + member, faults));
    }
  }

  private static void checkReference(
      Template template, String reference, String pointer, Faults faults) {
    TemplateField field = template.field(field(reference)).orElse(null);
    if (field == null) {
      faults.at(pointer, "There is no field " + reference + ".");
      return;
    }
    String group = reference.substring(field(reference).length()).replace(".", "");
    var pattern = field.pattern();
    if (!group.isEmpty() && (pattern == null || !pattern.namedGroups().containsKey(group))) {
      faults.at(pointer, "There is no group " + reference + ".");
    }
    boolean hidden =
        pointer.startsWith("/authorization/")
            || pointer.startsWith("/signing/")
            || pointer.equals("/authorization")
            || pointer.equals("/signing");
    if (field.isSecret() && !hidden && !field.open().contains(group)) {
      faults.at(pointer, "A secret stands in authorization or signing.");
    }
  }
}
