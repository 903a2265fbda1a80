package io.fairlead.command;

import io.fairlead.base.Problem.Fault;
import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judge;
import io.fairlead.response.Judgement;
import io.fairlead.response.NotFound;
import io.fairlead.response.Outcome;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Decides what a target's answer comes to for a command: from its status, its headers and how its
/// body begins. A pure function.
///
/// The target's `notFound` is asked first, then its outcome rules, then what the command wants.
/// Rules that look into bodies see the whole of it, 1 MiB at most, unless it is a document that is
/// wanted: that is not read for them.
///
/// @param wanted what the command takes
/// @param notFound which answers say that there is no such thing
/// @param judge says what the answer comes to by the target's own rules
/// @param mask takes secrets out of what is said of it
record AnswerCheck(Wanted wanted, NotFound notFound, Judge judge, UnaryOperator<String> mask) {
  /// How much of a body is read at most, where all of it is.
  static final int MOST_READ = 1 << 20;

  private static final JsonReader READER = new JsonReader();
  private static final int MOST_FAULTS = 5;

  /// Decides.
  ///
  /// @param answer with as much of the body as is known; its size is larger when there is more
  /// @param now epoch milliseconds
  Verdict check(Reply.Answered answer, long now) {
    boolean complete = answer.body().length >= answer.bodySize();
    if (!complete && needsMore(answer)) {
      return Verdict.Unread.UNREAD;
    }
    if (notFound.holds(judge.settings(), answer)) {
      return notThere("The third party answered %d: it has no such thing.", answer);
    }
    Judgement judged = judge.judge(answer, now, mask);
    return switch (judged.outcome()) {
      case SUCCESS -> accepted(answer, judged);
      // A rule says that there is nothing in it for us, which is no failure.
      case IGNORE ->
          wanted == Wanted.Nothing.NOTHING
              ? new Verdict.Worked(judged)
              : new Verdict.NotThere(judged);
      case RATE_LIMITED -> new Verdict.Bad(RunOutcome.RATE_LIMITED, judged);
      case RETRY, FAIL, AUTH_EXPIRED, DISABLE -> new Verdict.Bad(RunOutcome.FAILED, judged);
    };
  }

  private boolean needsMore(Reply.Answered answer) {
    boolean right = answer.status() / 100 == 2;
    return switch (wanted) {
      case Wanted.JsonAnswer json -> right || rulesRead();
      case Wanted.Nothing nothing -> rulesRead();
      case Wanted.Document document ->
          rulesRead() && !(right && fit(document, answer) instanceof DocumentType.Fit.Fits);
    };
  }

  private boolean rulesRead() {
    return judge.needsBody() || notFound.readsBody();
  }

  private Verdict accepted(Reply.Answered answer, Judgement judged) {
    return switch (wanted) {
      case Wanted.Nothing nothing -> new Verdict.Worked(judged);
      case Wanted.JsonAnswer json -> json(json, answer, judged);
      case Wanted.Document document -> document(document, answer, judged);
    };
  }

  private Verdict document(Wanted.Document document, Reply.Answered answer, Judgement judged) {
    if (answer.bodySize() == 0) {
      return empty(answer);
    }
    return switch (fit(document, answer)) {
      case DocumentType.Fit.Fits(String type) -> new Verdict.Document(type, judged);
      case DocumentType.Fit.Misfit(String sentence) ->
          wrong("The third party answered %d. %s".formatted(answer.status(), sentence));
    };
  }

  private static DocumentType.Fit fit(Wanted.Document document, Reply.Answered answer) {
    return DocumentType.fit(
        document, Header.first(answer.headers(), "Content-Type"), answer.body());
  }

  private Verdict json(Wanted.JsonAnswer json, Reply.Answered answer, Judgement judged) {
    if (answer.bodySize() == 0) {
      return empty(answer);
    }
    return switch (READER.read(answer.body())) {
      case JsonReader.Result.Malformed(String detail) ->
          wrong(
              "The third party answered %d with what is no JSON. %s"
                  .formatted(answer.status(), detail));
      case JsonReader.Result.Read(Json value) -> {
        List<Fault> faults = json.check(value);
        yield faults.isEmpty()
            ? new Verdict.JsonText(judged)
            : wrong(
                "The third party's JSON is not what the command takes. %s".formatted(text(faults)));
      }
    };
  }

  private static String text(List<Fault> faults) {
    return faults.stream()
        .limit(MOST_FAULTS)
        .map(fault -> fault.at().isEmpty() ? fault.detail() : fault.at() + ": " + fault.detail())
        .collect(Collectors.joining(" "));
  }

  private Verdict empty(Reply.Answered answer) {
    return wrong("The third party answered %d without a body.".formatted(answer.status()));
  }

  private Verdict wrong(String sentence) {
    return new Verdict.Bad(
        RunOutcome.FAILED, Judgement.of(Outcome.FAIL, ErrorClass.PARSE, cut(mask.apply(sentence))));
  }

  private static Verdict notThere(String sentence, Reply.Answered answer) {
    return new Verdict.NotThere(
        Judgement.of(Outcome.IGNORE, ErrorClass.STATUS, sentence.formatted(answer.status())));
  }

  private static String cut(String sentence) {
    return sentence.length() <= 1_000 ? sentence : sentence.substring(0, 999) + "…";
  }
}
