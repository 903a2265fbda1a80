package io.fairlead.response;

import io.fairlead.condition.Filter;
import io.fairlead.condition.Test;
import io.fairlead.http.HeaderRules;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule of a connector: which replies it is for, and what they come to.
///
/// It is for an answer when all that it asks holds; what cannot be asked, since the body is no such
/// thing or too large, does not hold. A rule with `error` is for calls that brought no answer, and
/// only for them.
///
/// @param name what people call it, or null
/// @param status null when any will do
/// @param body asked of the body as it was read
/// @param text asked of the body's text
/// @param errors empty for a rule about answers
/// @param delay only where the outcome tries again; null: as the schedule and the third party say
/// @param message null: a sentence of the hub's own
public record OutcomeRule(
    @Nullable String name,
    @Nullable StatusSet status,
    List<HeaderTest> headers,
    @Nullable Filter body,
    @Nullable Test text,
    Set<ErrorClass> errors,
    Outcome then,
    @Nullable Delay delay,
    @Nullable MessageTemplate message) {
  /// The name of a header.
  static final TextRule HEADER_NAME =
      new TextRule(1, 200, HeaderRules::isToken, "is the name of a header");

  /// The texts that are looked at are cut to this many characters.
  static final int TEXT = 65_536;

  private static final TextRule NAME = TextRule.line(1, 60);
  private static final TextRule MESSAGE = TextRule.line(1, MessageTemplate.LONGEST);
  private static final int MOST_HEADERS = 10;
  private static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::name).toList();

  /// What can happen to a call instead of an answer.
  private static final List<String> ERRORS = List.of("DNS", "CONNECT", "TLS", "TIMEOUT", "BROKEN");

  /// Asks a header's value; several of a name count as one, joined by a comma.
  ///
  /// @param source as it was written, with the name
  record HeaderTest(String name, Test test, Json source) {}

  public OutcomeRule {
    headers = List.copyOf(headers);
    errors = Set.copyOf(errors);
  }

  /// Whether it looks into an answer's body.
  boolean readsBody() {
    return body != null
        || text != null
        || delay instanceof Delay.InBody
        || (message != null && message.readsBody());
  }

  /// Reads a rule; null when something is wrong.
  static @Nullable OutcomeRule read(Members rule, Faults faults) {
    int before = faults.list().size();
    String name = rule.optionalText("name", NAME);
    When when = When.read(rule, faults);
    Outcome then = Outcome.valueOf(rule.word("then", OUTCOMES));
    Delay delay = delay(rule, then, faults);
    MessageTemplate message = message(rule, then, faults);
    rule.refuseOthers();
    return when == null || faults.list().size() > before
        ? null
        : new OutcomeRule(
            name,
            when.status,
            when.headers,
            when.body,
            when.text,
            when.errors,
            then,
            delay,
            message);
  }

  private static @Nullable Delay delay(Members rule, Outcome then, Faults faults) {
    Json source = rule.get("delay");
    if (source == null) {
      return null;
    }
    if (then != Outcome.RETRY && then != Outcome.RATE_LIMITED) {
      rule.fault("delay", "Only RETRY and RATE_LIMITED have a delay.");
      return null;
    }
    return Delay.read(source, rule.pointer("delay"), faults);
  }

  private static @Nullable MessageTemplate message(Members rule, Outcome then, Faults faults) {
    String source = rule.optionalText("message", MESSAGE);
    if (source == null) {
      return null;
    }
    if (then == Outcome.SUCCESS) {
      rule.fault("message", "A SUCCESS has no message.");
      return null;
    }
    return MessageTemplate.read(source, rule.pointer("message"), faults);
  }

  /// A rule for answers only, of conditions alone; null when something is wrong.
  ///
  /// @param when the conditions themselves
  static @Nullable OutcomeRule ofAnswers(Members when, Outcome then, Faults faults) {
    int before = faults.list().size();
    if (when.has("error")) {
      when.fault("error", "An error is a call without an answer, and an answer is asked for here.");
    }
    When read = When.conditions(when, faults);
    if (!when.has("status") && !when.has("header") && !when.has("body") && !when.has("text")) {
      faults.at(when.pointer(), "Ask for something: status, header, body or text.");
    }
    return faults.list().size() > before
        ? null
        : new OutcomeRule(
            null, read.status, read.headers, read.body, read.text, Set.of(), then, null, null);
  }

  private record When(
      @Nullable StatusSet status,
      List<HeaderTest> headers,
      @Nullable Filter body,
      @Nullable Test text,
      Set<ErrorClass> errors) {
    static @Nullable When read(Members rule, Faults faults) {
      Members when = rule.object("when");
      if (when == null) {
        rule.missing("when");
        return null;
      }
      When read = conditions(when, faults);
      boolean asksAnswers =
          when.has("status") || when.has("header") || when.has("body") || when.has("text");
      boolean asksErrors = when.has("error");
      if (asksAnswers && asksErrors) {
        when.fault(
            "error", "An error is a call without an answer: nothing else can be asked then.");
      } else if (!asksAnswers && !asksErrors) {
        rule.fault(
            "when",
            "when asks for something: status, header, body, text or error. Every answer is"
                + " {\"status\":\"100-999\"}.");
      }
      return read;
    }

    private static When conditions(Members when, Faults faults) {
      Json status = when.get("status");
      Json body = when.get("body");
      Json text = when.get("text");
      var read =
          new When(
              status == null ? null : StatusSet.read(status, when.pointer("status"), faults),
              headers(when, faults),
              body == null ? null : Filter.read(body, when.pointer("body"), faults),
              text == null ? null : Test.read(text, when.pointer("text"), faults),
              errors(when));
      when.refuseOthers();
      return read;
    }

    private static List<HeaderTest> headers(Members when, Faults faults) {
      Json source = when.get("header");
      if (source == null) {
        return List.of();
      }
      String pointer = when.pointer("header");
      List<Json> items = source instanceof JsonArray(List<Json> list) ? list : List.of(source);
      if (items.isEmpty() || items.size() > MOST_HEADERS) {
        faults.at(pointer, "header has 1 to %d items.".formatted(MOST_HEADERS));
        return List.of();
      }
      var tests = new ArrayList<HeaderTest>();
      for (int i = 0; i < items.size(); i++) {
        String at = source instanceof JsonArray ? pointer + "/" + i : pointer;
        HeaderTest test = header(items.get(i), at, faults);
        if (test != null) {
          tests.add(test);
        }
      }
      return tests;
    }

    private static @Nullable HeaderTest header(Json source, String pointer, Faults faults) {
      Members members = Members.of(source, pointer, faults);
      String name = members.text("name", HEADER_NAME);
      if (!(source instanceof JsonObject(var all))) {
        return null;
      }
      var asked = new LinkedHashMap<>(all);
      asked.remove("name");
      if (asked.isEmpty()) {
        faults.at(
            pointer,
            "Say what the header has to be: {\"name\":\"X-Status\",\"$eq\":\"busy\"}, or"
                + " \"$exist\":true.");
        return null;
      }
      for (String member : asked.keySet()) {
        if (!member.startsWith("$")) {
          members.fault(
              member, "Beside the name of a header stand operators such as $eq or $startsWith.");
          return null;
        }
      }
      Test test = Test.read(new JsonObject(asked), pointer, faults);
      return test == null || name.isEmpty() ? null : new HeaderTest(name, test, source);
    }

    private static Set<ErrorClass> errors(Members when) {
      Set<ErrorClass> errors = EnumSet.noneOf(ErrorClass.class);
      List<Json> items =
          when.get("error") instanceof JsonString one
              ? List.of(one)
              : when.items("error", 1, ERRORS.size());
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof JsonString(String word) && ERRORS.contains(word)) {
          errors.add(ErrorClass.valueOf(word));
        } else {
          when.fault("error", i, "An error is one of " + String.join(", ", ERRORS) + ".");
        }
      }
      return errors;
    }
  }

  /// As it was written.
  Json json() {
    Json.Builder out =
        Json.object().putIfPresent("name", name).put("when", when()).put("then", then.name());
    if (delay != null) {
      out.put("delay", delay.json());
    }
    return out.putIfPresent("message", message == null ? null : message.source()).build();
  }

  /// What it asks for, as it was written.
  Json when() {
    Json.Builder when = Json.object();
    if (status != null) {
      when.put("status", status.source());
    }
    if (!headers.isEmpty()) {
      List<Json> sources = headers.stream().map(HeaderTest::source).toList();
      when.put("header", sources.size() == 1 ? sources.getFirst() : new JsonArray(sources));
    }
    if (body != null) {
      when.put("body", body.source());
    }
    if (text != null) {
      when.put("text", text.source());
    }
    if (!errors.isEmpty()) {
      when.put(
          "error",
          new JsonArray(errors.stream().sorted().<Json>map(e -> Json.of(e.name())).toList()));
    }
    return when.build();
  }

  @Override
  public String toString() {
    return JsonWriter.text(json());
  }
}
