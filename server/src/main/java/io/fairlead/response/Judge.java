package io.fairlead.response;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what a connector's replies come to. A pure function: first the connector's rules, then what
/// a status comes to by itself.
///
/// An answer's body is read at most once, and not at all where nobody asks for it.
///
/// @param settings how answers are read
/// @param rules the first that is for a reply decides
public record Judge(ResponseSettings settings, OutcomeRules rules) {
  /// For connectors that say nothing of their answers.
  public static final Judge PLAIN = new Judge(ResponseSettings.DEFAULT, OutcomeRules.NONE);

  private static final int LONGEST_ERROR = 1_000;

  /// Whether it needs an answer's whole body, up to {@link ResponseSettings#LARGEST}.
  public boolean needsBody() {
    return settings.readsAtOnce() || rules.readBodies();
  }

  /// Judges a reply.
  ///
  /// @param nowMillis what times in the answer are compared with
  /// @param mask takes secrets out of what is kept
  public Judgement judge(Reply reply, long nowMillis, UnaryOperator<String> mask) {
    return switch (reply) {
      case Reply.Answered answered -> new Answer(answered, nowMillis, mask).judge();
      case Reply.Broke broke -> broke(errorClass(broke.failure()), broke.sentence());
    };
  }

  /// Whether one of the rules is for an answer.
  boolean hasRuleFor(Reply.Answered answered) {
    var answer = new Answer(answered, 0, UnaryOperator.identity());
    return rules.all().stream().anyMatch(answer::isMeantBy);
  }

  /// Judges a call that brought no answer.
  ///
  /// @param error DNS, CONNECT, TLS, TIMEOUT or BROKEN
  /// @param sentence why, for a person
  public Judgement broke(ErrorClass error, String sentence) {
    for (int i = 0; i < rules.all().size(); i++) {
      OutcomeRule rule = rules.all().get(i);
      if (rule.errors().contains(error)) {
        return broke(error, sentence, rule, i + 1);
      }
    }
    return Judgement.of(Outcome.RETRY, error, sentence);
  }

  private static Judgement broke(ErrorClass error, String sentence, OutcomeRule rule, int number) {
    MessageTemplate template = rule.message();
    String said =
        template == null
            ? sentence + " " + decided(rule, number)
            : template.message(null, null, UnaryOperator.identity());
    boolean success = rule.then() == Outcome.SUCCESS;
    return new Judgement(
        rule.then(),
        success ? null : error,
        success ? null : Cut.to(said, LONGEST_ERROR),
        null,
        rule.delay() instanceof Delay.Fixed fixed ? Long.valueOf(fixed.time().toMillis()) : null,
        new Result(
            ResponseSettings.DEFAULT,
            false,
            null,
            new LinkedHashMap<>(),
            null,
            number,
            rule.name()));
  }

  private static ErrorClass errorClass(Reply.Failure failure) {
    return switch (failure) {
      case CONNECT -> ErrorClass.CONNECT;
      case TLS -> ErrorClass.TLS;
      case TIMEOUT -> ErrorClass.TIMEOUT;
      case BROKEN -> ErrorClass.BROKEN;
    };
  }

  /// `Rule 2 (quota) makes that FAIL.`
  private static String decided(OutcomeRule rule, int number) {
    String name = rule.name() == null ? "" : " (" + rule.name() + ")";
    return "Rule %d%s makes that %s.".formatted(number, name, rule.then());
  }

  /// One answer while it is judged.
  private final class Answer {
    private final Reply.Answered answered;
    private final long now;
    private final UnaryOperator<String> mask;
    private @Nullable Reading reading;
    private boolean textIsKnown;
    private @Nullable String text;

    Answer(Reply.Answered answered, long now, UnaryOperator<String> mask) {
      this.answered = answered;
      this.now = now;
      this.mask = mask;
    }

    Judgement judge() {
      for (int i = 0; i < rules.all().size(); i++) {
        OutcomeRule rule = rules.all().get(i);
        if (isMeantBy(rule)) {
          return byRule(rule, i + 1);
        }
      }
      return byItself();
    }

    private boolean isMeantBy(OutcomeRule rule) {
      StatusSet status = rule.status();
      return rule.errors().isEmpty()
          && (status == null || status.contains(answered.status()))
          && rule.headers().stream().allMatch(asked -> asked.test().holds(header(asked.name())))
          && (rule.body() == null || holds(rule.body()))
          && (rule.text() == null || holds(rule.text()));
    }

    private boolean holds(io.fairlead.condition.Filter filter) {
      Json value = reading().value();
      return value != null && filter.matches(value);
    }

    private boolean holds(io.fairlead.condition.Test test) {
      String looked = text();
      return looked != null && test.holds(new JsonString(looked));
    }

    private @Nullable Json header(String name) {
      List<Header> headers = answered.headers();
      if (Header.first(headers, name) == null) {
        return null;
      }
      return new JsonString(
          headers.stream()
              .filter(header -> header.name().equalsIgnoreCase(name))
              .map(Header::value)
              .collect(Collectors.joining(", ")));
    }

    private Reading reading() {
      Reading known = reading;
      if (known == null) {
        known =
            Reading.of(
                settings,
                Header.first(answered.headers(), "Content-Type"),
                answered.body(),
                answered.bodySize());
        reading = known;
      }
      return known;
    }

    /// The body as text, its beginning when it is long; null when it is no text.
    private @Nullable String text() {
      if (!textIsKnown) {
        textIsKnown = true;
        boolean whole = answered.bodySize() == answered.body().length;
        MediaType media = MediaType.of(Header.first(answered.headers(), "Content-Type"));
        String all = whole ? Decoded.of(answered.body(), media).text() : null;
        text =
            all == null || all.length() <= OutcomeRule.TEXT
                ? all
                : all.substring(0, OutcomeRule.TEXT);
      }
      return text;
    }

    private Judgement byRule(OutcomeRule rule, int number) {
      Long asked = retryAfter();
      Long delay = delay(rule.delay());
      Result kept = result(rule, number);
      return switch (rule.then()) {
        case SUCCESS -> success(kept);
        case IGNORE -> new Judgement(Outcome.IGNORE, null, message(rule, number), null, null, kept);
        case RETRY, RATE_LIMITED ->
            new Judgement(
                rule.then(), ErrorClass.STATUS, message(rule, number), asked, delay, kept);
        case FAIL, DISABLE ->
            new Judgement(rule.then(), ErrorClass.STATUS, message(rule, number), null, null, kept);
        case AUTH_EXPIRED ->
            new Judgement(rule.then(), ErrorClass.AUTH, message(rule, number), null, null, kept);
      };
    }

    private String message(OutcomeRule rule, int number) {
      MessageTemplate template = rule.message();
      if (template == null) {
        return "The third party answered %d. %s"
            .formatted(answered.status(), decided(rule, number));
      }
      Json read = template.readsBody() ? reading().value() : null;
      return template.message(answered.status(), read, mask);
    }

    private @Nullable Long delay(@Nullable Delay delay) {
      return switch (delay) {
        case null -> null;
        case Delay.Fixed(var time) -> time.toMillis();
        case Delay.InHeader(String name, Delay.Unit unit) -> {
          Json value = header(name);
          yield value == null ? null : Delay.millis(value, unit, now);
        }
        case Delay.InBody(JsonPath path, Delay.Unit unit) -> {
          Json root = reading().value();
          Json value = root == null ? null : path.get(root);
          yield value == null ? null : Delay.millis(value, unit, now);
        }
      };
    }

    private Judgement byItself() {
      Judgement judgement = Statuses.judge(answered.status(), retryAfter());
      Result kept = settings.equals(ResponseSettings.DEFAULT) ? null : result(null, null);
      return judgement.outcome() == Outcome.SUCCESS ? success(kept) : judgement.with(kept);
    }

    private Judgement success(@Nullable Result kept) {
      boolean wrong = settings.readsAtOnce() && reading().wrong();
      return wrong
          ? new Judgement(Outcome.SUCCESS, ErrorClass.PARSE, mask.apply(note()), null, null, kept)
          : Judgement.SUCCESS.with(kept);
    }

    private String note() {
      String note = reading().note();
      return note == null ? "The answer could not be read." : note;
    }

    private @Nullable Long retryAfter() {
      return RetryAfter.millis(Header.first(answered.headers(), "Retry-After"), now);
    }

    private Result result(@Nullable OutcomeRule rule, @Nullable Integer number) {
      Reading read = settings.readsAtOnce() ? reading() : reading;
      Json root = read == null ? null : read.value();
      String note = read == null ? null : read.note();
      JsonPath key = settings.key();
      Json value = null;
      if (root != null && key != null) {
        switch (key.find(root, "the answer")) {
          case JsonPath.Found.Value(Json found) -> value = kept(found);
          case JsonPath.Found.Missing(String reason) ->
              note = "There is no value at the response key: " + reason;
        }
      }
      return new Result(
          settings.withoutPaths(),
          read != null && read.lenient(),
          value,
          values(root),
          note == null ? null : Result.keptNote(mask.apply(note)),
          number,
          rule == null ? null : rule.name());
    }

    private Json kept(Json found) {
      return Result.kept(Result.masked(found, mask));
    }

    private SequencedMap<String, Json> values(@Nullable Json root) {
      var values = new LinkedHashMap<String, Json>();
      for (Extraction extraction : settings.extractions()) {
        Json found = root == null ? null : extraction.path().get(root);
        values.put(
            extraction.name(),
            found == null
                ? JsonNull.NULL
                : Result.kept(Result.masked(found, mask), settings.extractions().size()));
      }
      return values;
    }
  }
}
