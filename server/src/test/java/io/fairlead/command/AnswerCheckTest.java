package io.fairlead.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import io.fairlead.json.Faults;
import io.fairlead.json.Members;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judge;
import io.fairlead.response.Judgement;
import io.fairlead.response.NotFound;
import io.fairlead.response.OutcomeRules;
import io.fairlead.response.ResponseSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What an answer comes to for a command")
final class AnswerCheckTest {
  private static final Wanted DOCUMENT =
      new Wanted.Document(List.of("application/pdf", "image/*"), Wanted.Document.MOST_BYTES);
  private static final Wanted LOGIN =
      new Wanted.JsonAnswer(
          null,
          null,
          List.of(
              new AnswerField("ContactId", InputType.TEXT, true),
              new AnswerField("ContactEmail", null, false)));
  private static final long MORE = Long.MAX_VALUE;

  private static AnswerCheck check(Wanted wanted) {
    return check(wanted, "{}");
  }

  /// @param settings with `rules` and `notFound`
  private static AnswerCheck check(Wanted wanted, String settings) {
    var faults = new Faults();
    Members members = Members.of(Drafts.json(settings), "", faults);
    OutcomeRules rules = OutcomeRules.read(members, faults);
    NotFound notFound = NotFound.read(members, faults);
    assertThat(faults.list()).isEmpty();
    return new AnswerCheck(
        wanted,
        notFound,
        new Judge(ResponseSettings.DEFAULT, rules),
        text -> text.replace("hunter2", "***"));
  }

  private static Reply.Answered answer(int status, String type, String body) {
    return new Reply.Answered(
        status,
        List.of(new Header("Content-Type", type)),
        body.getBytes(StandardCharsets.ISO_8859_1),
        body.length(),
        0);
  }

  private static Reply.Answered beginning(int status, String type, String first) {
    Reply.Answered answer = answer(status, type, first);
    return new Reply.Answered(status, answer.headers(), answer.body(), MORE, 0);
  }

  private static Verdict of(AnswerCheck check, Reply.Answered answer) {
    return check.check(answer, 0);
  }

  private static String sentence(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Bad.class);
    return String.valueOf(((Verdict.Bad) verdict).judgement().error());
  }

  @Test
  void aDocumentIsKnownByItsBeginning() {
    Verdict verdict = of(check(DOCUMENT), beginning(200, "application/pdf", "%PDF-1.7 ..."));
    assertThat(verdict).isEqualTo(new Verdict.Document("application/pdf", Judgement.SUCCESS));
  }

  @Test
  void aPageWithA200IsAFailure() {
    assertThat(sentence(of(check(DOCUMENT), beginning(200, "application/pdf", "<html>hunter2"))))
        .isEqualTo(
            "The third party answered 200. What came is called application/pdf and is an HTML page"
                + " by its bytes, not application/pdf or image/*.");
    assertThat(sentence(of(check(DOCUMENT), beginning(200, "text/html", "<html>"))))
        .contains("What came is an HTML page, not application/pdf");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void aDocumentWithoutABodyIsAFailure(int status) {
    assertThat(sentence(of(check(DOCUMENT), answer(status, "application/pdf", ""))))
        .isEqualTo("The third party answered %d without a body.", status);
  }

  @ParameterizedTest
  @CsvSource({
    "301, FAILED, redirects are not followed",
    "401, FAILED, answered 401",
    "410, FAILED, answered 410",
    "500, FAILED, answered 500",
    "429, RATE_LIMITED, too many calls"
  })
  void otherStatusesFailWhateverComesWithThem(int status, RunOutcome outcome, String sentence) {
    for (Wanted wanted : List.of(DOCUMENT, LOGIN, Wanted.Nothing.NOTHING)) {
      Verdict verdict = of(check(wanted), answer(status, "application/pdf", "%PDF-1.7"));
      assertThat(sentence(verdict)).contains(sentence);
      assertThat(((Verdict.Bad) verdict).outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void a404SaysThatThereIsNoSuchThing() {
    assertThat(of(check(DOCUMENT), beginning(404, "text/html", "<html>")))
        .isInstanceOf(Verdict.NotThere.class);
    assertThat(of(check(DOCUMENT, "{\"notFound\":[]}"), answer(404, "text/html", "")))
        .isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void aRuleSaysWhatNothingFoundIs() {
    AnswerCheck check =
        check(
            DOCUMENT, "{\"notFound\":[{\"status\":200,\"body\":{\"error\":\"no such invoice\"}}]}");
    assertThat(of(check, answer(200, "application/json", "{\"error\":\"no such invoice\"}")))
        .isInstanceOf(Verdict.NotThere.class);
    assertThat(of(check, answer(200, "application/json", "{\"error\":\"other\"}")))
        .isInstanceOf(Verdict.Bad.class);
    assertThat(of(check, beginning(200, "application/json", "{\"error\":")))
        .isEqualTo(Verdict.Unread.UNREAD);
  }

  @Test
  void aWantedDocumentIsNotReadForRules() {
    AnswerCheck check = check(DOCUMENT, "{\"notFound\":[{\"text\":{\"$contains\":\"gone\"}}]}");
    assertThat(of(check, beginning(200, "application/pdf", "%PDF-1.7")))
        .isInstanceOf(Verdict.Document.class);
  }

  @Test
  void aTargetsOwnRulesDecide() {
    String rules =
        """
        {"rules":[{"when":{"status":200,"header":{"name":"Content-Type","$eq":"text/plain"}},
                   "then":"%s"}]}
        """;
    assertThat(of(check(DOCUMENT, rules.formatted("IGNORE")), answer(200, "text/plain", "none")))
        .isInstanceOf(Verdict.NotThere.class);
    for (String failing : List.of("FAIL", "RETRY", "AUTH_EXPIRED", "DISABLE")) {
      Verdict verdict =
          of(check(DOCUMENT, rules.formatted(failing)), answer(200, "text/plain", "no"));
      assertThat(((Verdict.Bad) verdict).outcome()).isEqualTo(RunOutcome.FAILED);
    }
    assertThat(of(check(DOCUMENT, rules.formatted("SUCCESS")), answer(200, "text/plain", "no")))
        .as("a success is still no document")
        .isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void jsonIsReadWholeAndStrictly() {
    assertThat(of(check(LOGIN), beginning(200, "application/json", "{\"ContactId\":")))
        .isEqualTo(Verdict.Unread.UNREAD);
    assertThat(of(check(LOGIN), answer(200, "text/plain", "{\"ContactId\":\"c1\"}")))
        .isEqualTo(new Verdict.JsonText(Judgement.SUCCESS));
    for (String wrong : List.of("{'ContactId':'c1'}", "{\"ContactId\":\"c1\"} x", "<html>", "{")) {
      Verdict verdict = of(check(LOGIN), answer(200, "application/json", wrong));
      assertThat(sentence(verdict)).startsWith("The third party answered 200 with what is no JSON");
      assertThat(((Verdict.Bad) verdict).judgement().errorClass()).isEqualTo(ErrorClass.PARSE);
    }
  }

  @Test
  void jsonHasWhatTheCommandNames() {
    assertThat(sentence(of(check(LOGIN), answer(200, "application/json", "{\"ContactEmail\":1}"))))
        .isEqualTo(
            "The third party's JSON is not what the command takes. /ContactId: The answer has no"
                + " ContactId.");
    assertThat(of(check(new Wanted.JsonAnswer(null, null, List.of())), answer(200, "", "[1]")))
        .isInstanceOf(Verdict.JsonText.class);
  }

  @Test
  void whereNothingIsWantedAnySuccessWillDo() {
    for (String body : List.of("", "<html>", "{}")) {
      assertThat(of(check(Wanted.Nothing.NOTHING), answer(200, "text/html", body)))
          .isInstanceOf(Verdict.Worked.class);
    }
    assertThat(of(check(Wanted.Nothing.NOTHING), beginning(202, "text/html", "<html>")))
        .isInstanceOf(Verdict.Worked.class);
  }

  @Test
  void secretsStayOutOfSentences() {
    assertThat(sentence(of(check(DOCUMENT), answer(200, "text/hunter2", "abc"))))
        .contains("***")
        .doesNotContain("hunter2");
  }
}
