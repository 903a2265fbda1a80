package io.fairlead.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandDocumentTest {
  private static final String BALANCE =
      """
      {"name":"GetBalance","sentence":"Says what is owed.","inputs":[{"name":"Id"}],"deadline":"5s",
       "answer":{"type":"json","fields":[{"name":"sum","type":"number"},{"name":"note","required":false}]}}
      """;

  private static Definition patched(String before, String patch) {
    var faults = new Faults();
    Definition read = CommandDocument.patch(Drafts.json(patch), Drafts.definition(before), faults);
    assertThat(faults.list()).isEmpty();
    return requireNonNull(read);
  }

  private static List<Fault> inputFaults(Definition definition, String inputs) {
    var faults = new Faults();
    var _ = definition.read(Drafts.json(inputs), "/inputs", faults);
    return faults.list();
  }

  private static List<Fault> answerFaults(Definition definition, String answer) {
    return ((Wanted.JsonAnswer) definition.answer()).check(Drafts.json(answer));
  }

  @Test
  void whatIsNotSaidHasADefault() {
    Definition read =
        Drafts.definition(
            """
            {"name":"A","sentence":"s","inputs":[{"name":"Id"}],
             "answer":{"type":"document","contentTypes":["Application/PDF"]}}
            """);
    assertThat(read.deadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read.tenants()).isNull();
    assertThat(read.inputs()).containsExactly(new Input("Id", InputType.TEXT, true, null, null));
    assertThat(read.answer()).isEqualTo(new Wanted.Document(List.of("application/pdf"), 25L << 20));
  }

  @Test
  void whatIsReadCanBeSentAgain() {
    for (String text :
        List.of(BALANCE, JsonWriter.text(CommandDocument.settings(Drafts.STATEMENT)))) {
      Json read = CommandDocument.settings(Drafts.definition(text));
      assertThat(CommandDocument.settings(Drafts.definition(JsonWriter.text(read))))
          .isEqualTo(read);
    }
  }

  @Test
  void aPatchLeavesWhatItDoesNotName() {
    Definition later = patched(BALANCE, "{\"deadline\":null,\"tenants\":[\"acme\"]}");
    assertThat(later.deadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(later.tenants()).isEqualTo(Set.of("acme"));
    assertThat(later.answer()).isEqualTo(Drafts.definition(BALANCE).answer());
  }

  @Test
  void anotherKindOfAnswerReplacesTheFormer() {
    assertThat(patched(BALANCE, "{\"answer\":{\"type\":\"nothing\"}}").answer())
        .isEqualTo(Wanted.Nothing.NOTHING);
    var json = (Wanted.JsonAnswer) patched(BALANCE, "{\"answer\":{\"schema\":{}}}").answer();
    assertThat(json.fields()).isEmpty();
    assertThat(json.schema()).isNotNull();
  }

  @Test
  void aPatchThatTakesAwayWhatIsNotThereIsRefused() {
    var faults = new Faults();
    var _ =
        CommandDocument.patch(Drafts.json("{\"tenant\":null}"), Drafts.definition(BALANCE), faults);
    assertThat(faults.list()).extracting("at").containsExactly("/tenant");
    assertThat(faults.list().getFirst().detail()).contains("Did you mean \"tenants\"?");
  }

  @Test
  void namesAreInTheManualsStyle() {
    for (String name :
        List.of("getInvoice", "Get-Invoice", "Get Invoice", "1Get", "A".repeat(65))) {
      assertThat(Drafts.definitionFaults(BALANCE.replace("GetBalance", name)))
          .as(name)
          .extracting("at")
          .containsExactly("/name");
    }
  }

  @Test
  void inputsAreHeldToTheirTypes() {
    Definition definition =
        Drafts.definition(
            """
            {"name":"A","sentence":"s","answer":{"type":"nothing"},
             "inputs":[{"name":"T"},{"name":"N","type":"number","required":false},
               {"name":"B","type":"boolean","required":false},{"name":"D","type":"date","required":false}]}
            """);
    assertThat(inputFaults(definition, "{\"T\":\"x\",\"N\":1.10,\"B\":false,\"D\":\"2028-02-29\"}"))
        .isEmpty();
    assertThat(inputFaults(definition, "{\"T\":\"x\",\"N\":null}")).isEmpty();
    assertThat(
            inputFaults(
                definition, "{\"T\":\"\",\"N\":\"1\",\"B\":1,\"D\":\"2027-02-29\",\"t\":1}"))
        .extracting("at")
        .containsExactly("/inputs/T", "/inputs/N", "/inputs/B", "/inputs/D", "/inputs/t");
    assertThat(inputFaults(definition, "{\"T\":\"" + "x".repeat(Input.LONGEST + 1) + "\"}"))
        .hasSize(1);
    assertThat(inputFaults(definition, "{}")).extracting("at").containsExactly("/inputs/T");
    assertThat(inputFaults(definition, "[]")).extracting("at").containsExactly("/inputs");
    var faults = new Faults();
    assertThat(
            JsonWriter.text(
                definition.read(
                    Drafts.json("{\"N\":1.10,\"B\":null,\"T\":\"x\"}"), "/inputs", faults)))
        .isEqualTo("{\"T\":\"x\",\"N\":1.10}");
  }

  @Test
  void fieldsOfAnAnswerAreLookedAt() {
    Definition balance = Drafts.definition(BALANCE);
    assertThat(answerFaults(balance, "{\"sum\":1,\"more\":2}")).isEmpty();
    assertThat(answerFaults(balance, "{\"sum\":\"1\"}")).extracting("at").containsExactly("/sum");
    assertThat(answerFaults(balance, "{\"sum\":null}"))
        .extracting("detail")
        .containsExactly("The answer has no sum.");
    assertThat(answerFaults(balance, "[]")).hasSize(1);
  }

  @Test
  void aKindOfContentTypesIsAllOfThem() {
    var wanted = new Wanted.Document(List.of("application/pdf", "image/*"), 1);
    assertThat(wanted.allows("image/png")).isTrue();
    assertThat(wanted.allows("application/pdf")).isTrue();
    assertThat(wanted.allows("application/pdfx")).isFalse();
    assertThat(wanted.allows("imagex/png")).isFalse();
    assertThat(wanted.allows("text/html")).isFalse();
  }
}
