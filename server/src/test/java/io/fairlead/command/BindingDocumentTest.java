package io.fairlead.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.authorization.Credential;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.json.Faults;
import io.fairlead.json.JsonWriter;
import io.fairlead.render.BodyText;
import io.fairlead.response.NotFound;
import org.junit.jupiter.api.Test;

class BindingDocumentTest {
  private static final String TWO =
      """
      {"targets":[
        {"name":"old","method":"GET","url":"https://old.example/{{CustomerId}}",
         "authorization":{"kind":"bearer","token":"old-secret-1"}},
        {"name":"new","method":"GET","url":"https://new.example/{{CustomerId}}",
         "authorization":{"kind":"bearer","token":"new-secret-1"}}]}
      """;

  private final Drafts drafts = new Drafts();

  private static String request(String rest) {
    return """
    {"targets":[{"method":"GET","url":"https://a.example/%s}]}
    """
        .formatted(rest);
  }

  private static Connector own(Binding binding, int place) {
    return ((Target.Own) binding.targets().get(place)).connector();
  }

  private static Connector own(BindingDraft draft, int place) {
    return ((Target.Own) draft.spec().targets().get(place)).connector();
  }

  @Test
  void whatIsNotSaidHasADefault() {
    BindingDraft draft = drafts.binding(request("{{CustomerId}}\""), null);
    assertThat(draft.spec().active()).isTrue();
    assertThat(draft.spec().deadline()).isNull();
    assertThat(draft.spec().keepDocuments()).isFalse();
    Target target = draft.spec().targets().getFirst();
    assertThat(target.notFound()).isEqualTo(NotFound.DEFAULT);
    assertThat(((Target.Own) target).name()).isEqualTo("Target 1");
    assertThat(own(draft, 0).spec().request().body()).isEqualTo(BodyText.None.NONE);
  }

  @Test
  void aTokenThatTheCommandDoesNotHaveIsRefusedWithTheNearest() {
    assertThat(drafts.bindingFaults(request("{{customerid}}?y={{Month}}\""), null))
        .anySatisfy(fault -> {
          assertThat(fault.at()).isEqualTo("/targets/0/url");
          assertThat(fault.detail()).contains("customerid").contains("did you mean CustomerId?");
        })
        .anySatisfy(fault ->
            assertThat(fault.detail())
                .contains("There is no Month; expected one of CustomerId, Year."));
  }

  @Test
  void thereIsNoEvent() {
    for (String token : new String[] {"$event.id", "$event.type", "$event.time", "$attempt"}) {
      assertThat(
              drafts.bindingFaults(
                  request("x\",\"headers\":[{\"name\":\"X-A\",\"value\":\"{{" + token + "}}\"}]"),
                  null))
          .singleElement()
          .satisfies(fault -> {
            assertThat(fault.at()).isEqualTo("/targets/0/headers/0/value");
            assertThat(fault.detail())
                .contains("There is no " + token + ": a command's request is made for no event.");
          });
    }
    assertThat(drafts.bindingFaults(request("{{$tenant.id}}/{{$uuid}}/{{$now}}\""), null))
        .isEmpty();
  }

  @Test
  void whatBelongsToDeliveriesIsRefused() {
    assertThat(
            drafts.bindingFaults(
                request(
                    "x\",\"triggers\":[],\"active\":true,"
                        + "\"policy\":{\"timeout\":\"5s\",\"concurrency\":2,\"retrySchedule\":[]}"),
                null))
        .extracting("at")
        .containsExactly(
            "/targets/0/triggers",
            "/targets/0/active",
            "/targets/0/policy/retrySchedule",
            "/targets/0/policy/concurrency");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertThat(
            drafts.bindingFaults(
                """
                {"activ":true,"deadline":"5m","keepDocuments":1,"revision":3,
                 "targets":[{"connector":"con_0000000000001"},{"method":"GTE","url":"ftp://x"},7,
                   {"name":"a","method":"GET","url":"https://a.example","notFound":[{"status":"4x"},{"error":"DNS"},{}]},
                   {"name":"a","method":"GET","url":"https://a.example"}]}
                """,
                null))
        .extracting("at")
        .contains(
            "/activ",
            "/deadline",
            "/keepDocuments",
            "/revision",
            "/targets/0/connector",
            "/targets/1/method",
            "/targets/1/url",
            "/targets/2",
            "/targets/3/notFound/0/status",
            "/targets/3/notFound/1/error",
            "/targets/3/notFound/2",
            "/targets/4/name");
    assertThat(drafts.bindingFaults("{}", null)).extracting("at").containsExactly("/targets");
    assertThat(drafts.bindingFaults("{\"targets\":[]}", null)).isNotEmpty();
    assertThat(drafts.bindingFaults("[]", null)).hasSize(1);
  }

  @Test
  void whatIsReadCanBeSentAgainAndKeepsItsSecrets() {
    Binding before = drafts.saved(TWO);
    String read = JsonWriter.text(BindingDocument.settings(before));
    assertThat(read).doesNotContain("secret-1").contains("{\"set\":true}");
    BindingDraft again = drafts.binding(read, before);
    assertThat(own(again, 0).credential()).isEqualTo(own(before, 0).credential());
    assertThat(JsonWriter.text(BindingDocument.settings(again.spec()))).isEqualTo(read);
  }

  @Test
  void secretsFollowTheNamesOfTheirRequests() {
    Binding before = drafts.saved(TWO);
    BindingDraft turned =
        drafts.binding(
            """
            {"targets":[
              {"name":"new","method":"GET","url":"https://new.example/{{CustomerId}}"},
              {"name":"old","method":"GET","url":"https://old.example/{{CustomerId}}",
               "authorization":{"kind":"bearer","token":{"set":true}}}]}
            """,
            before);
    assertThat(own(turned, 0).credential()).isEqualTo(new Credential.Bearer("new-secret-1"));
    assertThat(own(turned, 1).credential()).isEqualTo(new Credential.Bearer("old-secret-1"));
    BindingDraft renamed =
        drafts.binding(
            """
            {"targets":[
              {"name":"older","method":"GET","url":"https://old.example/{{CustomerId}}"}]}
            """,
            before);
    assertThat(own(renamed, 0).credential()).isEqualTo(new Credential.Bearer("old-secret-1"));
  }

  @Test
  void anotherHostNeedsTheSecretAgain() {
    Binding before = drafts.saved(TWO);
    assertThat(
            drafts.bindingFaults(
                """
                {"targets":[
                  {"name":"old","method":"GET","url":"https://mine.example/{{CustomerId}}"},
                  {"name":"new","method":"GET","url":"https://new.example:8443/{{CustomerId}}",
                   "authorization":{"kind":"bearer","token":{"set":true}}}]}
                """,
                before))
        .extracting("at")
        .containsExactly("/targets/0/authorization/token", "/targets/1/authorization/token");
  }

  @Test
  void aPatchReplacesTheTargetsWholeAndKeepsWhatItDoesNotName() {
    Binding before = drafts.saved(TWO);
    var faults = new Faults();
    BindingDraft patched =
        BindingDocument.patch(
            Drafts.json("{\"deadline\":\"5s\",\"keepDocuments\":true}"),
            drafts.command,
            before,
            drafts.home,
            drafts.connectors,
            faults);
    assertThat(faults.list()).isEmpty();
    assertThat(own(requireNonNull(patched), 1).credential())
        .isEqualTo(new Credential.Bearer("new-secret-1"));
    assertThat(patched.spec().keepDocuments()).isTrue();
    var wrong = new Faults();
    var _ =
        BindingDocument.patch(
            Drafts.json("{\"dedline\":null}"),
            drafts.command,
            before,
            drafts.home,
            drafts.connectors,
            wrong);
    assertThat(wrong.list()).extracting("at").containsExactly("/dedline");
  }

  private Connector connector(long id, String document) {
    var faults = new Faults();
    var draft = ConnectorDocument.create(Drafts.json(document), drafts.home, faults);
    assertThat(faults.list()).isEmpty();
    Connector connector = Connector.unsaved(id, drafts.home, requireNonNull(draft));
    drafts.connectors.put(connector);
    return connector;
  }

  @Test
  void aConnectorIsHeldToTheCommandsInputsToo() {
    Connector right =
        connector(
            1,
            """
            {"name":"A","method":"GET","url":"https://a.example/{{CustomerId}}/{{$event.id}}"}
            """);
    Connector wrong =
        connector(
            2,
            """
            {"name":"B","method":"GET","url":"https://b.example/{{customerId}}"}
            """);
    var text = "{\"targets\":[{\"connector\":\"con_%013d\"}]}";
    assertThat(drafts.binding(text.formatted(right.id()), null).spec().targets())
        .containsExactly(new Target.Shared(1, NotFound.DEFAULT));
    assertThat(drafts.bindingFaults(text.formatted(wrong.id()), null))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.at()).isEqualTo("/targets/0/connector");
          assertThat(fault.detail())
              .startsWith("The connector B does not fit the command. At /url: ")
              .contains("did you mean CustomerId?");
        });
  }
}
