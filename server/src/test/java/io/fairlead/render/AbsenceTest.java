package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbsenceTest {
  private static final String URL = "https://h.example/";
  private static final String DATA = "{\"a\":\"x\",\"none\":null,\"empty\":\"\"}";

  private static Field field(String name, String value) {
    return new Field(name, value, null);
  }

  @Test
  void aRowOfOneTokenIsLeftOut() {
    Row there = new Row("a", "{{a?}}");
    Row absent = new Row("b", "{{b?}}");
    Row none = new Row("c", "{{ none ? }}");
    Row empty = new Row("d", "{{empty?}}");
    assertThat(Plans.target(Plans.query(URL, absent, there, none, empty), DATA))
        .isEqualTo("/?a=x&d=");
    assertThat(Plans.target(Plans.query(URL + "?q=1", absent, there), DATA)).isEqualTo("/?q=1&a=x");
    assertThat(Plans.target(Plans.query(URL, absent, none), DATA)).isEqualTo("/");
    var headers =
        new RequestText(
            Method.GET, URL, List.of(absent, there, empty), List.of(), BodyText.None.NONE);
    assertThat(Plans.sent(headers, DATA).head().headers())
        .containsExactly(new Header("a", "x"), new Header("d", ""));
  }

  @Test
  void insideALargerTextThereIsNothing() {
    assertThat(Plans.target(Plans.query(URL, new Row("q", "<{{b?}}{{none?}}>")), DATA))
        .isEqualTo("/?q=%3C%3E");
    assertThat(Plans.target(Plans.url(URL + "?q={{b?}}"), DATA)).isEqualTo("/?q=");
    assertThat(Plans.body(Plans.template("[\"<{{b?}}>\"]"), DATA)).isEqualTo("[\"<>\"]");
  }

  @Test
  void inAPathThereIsNoPlaceForNothing() {
    assertThat(Plans.failed(Plans.url(URL + "a{{b?}}"), DATA).sentence())
        .isEqualTo(
            "{{b?}} in the URL's path: there is no value, and a path has no place for none.");
    assertThat(Plans.target(Plans.url(URL + "a{{b? | default:\"c\"}}"), DATA)).isEqualTo("/ac");
  }

  @Test
  void inJsonItIsNullOrNoMember() {
    assertThat(Plans.body(Plans.template("{\"a\":{{b?}},\"c\":[{{none?}}]}"), DATA))
        .isEqualTo("{\"a\":null,\"c\":[null]}");
    assertThat(
            Plans.body(
                Plans.fields(
                    field("b", "{{b?}}"),
                    field("a", "{{a?}}"),
                    field("o.c", "{{none?}}"),
                    field("l[0]", "{{b?}}"),
                    field("l[1]", "1"),
                    field("t", "{{b?}}!")),
                DATA))
        .isEqualTo("{\"a\":\"x\",\"o\":{},\"l\":[null,\"1\"],\"t\":\"!\"}");
  }

  @Test
  void inFormsXmlAndPartsItIsLeftOut() {
    var form = new BodyText.FormFields(List.of(field("b", "{{b?}}"), field("a", "{{a?}}")));
    assertThat(Plans.body(Plans.request(URL, form), DATA)).isEqualTo("a=x");
    var xml =
        new BodyText.XmlFields(
            List.of(
                field("@id", "{{b?}}"),
                field("b", "{{b?}}"),
                field("a", "{{a?}}"),
                field("l[0]", "{{b?}}")),
            new XmlNames("r", "i"));
    assertThat(Plans.body(Plans.request(URL, xml), DATA)).endsWith("<r><a>x</a><l><i></i></l></r>");
    var parts =
        new BodyText.Multipart(
            List.of(
                new BodyText.FormPart(field("b", "{{b?}}"), null, null),
                new BodyText.FormPart(field("a", "{{a?}}"), null, null)));
    assertThat(Plans.body(Plans.request(URL, parts), DATA))
        .contains("name=\"a\"")
        .doesNotContain("name=\"b\"");
  }

  @Test
  void aDefaultStandsInForMissingAndNull() {
    assertThat(
            Plans.body(
                Plans.template(
                    "[{{b ?? \"d\"}},{{none ?? 1.50}},{{a ?? 1}},{{empty ?? 1}},{{b ?? null}},"
                        + "{{b ?? false}},\"{{b ?? -1e2}}\",{{b ?? \"\\u007d\\u007d\\\"\"}}]"),
                DATA))
        .isEqualTo("[\"d\",1.50,\"x\",\"\",null,false,\"-1e2\",\"}}\\\"\"]");
    assertThat(Plans.body(Plans.template("[{{b ?? \"d\" | upper}}]"), DATA)).isEqualTo("[\"D\"]");
    assertThat(Plans.failed(Plans.header("{{b ?? null}}"), DATA).sentence())
        .contains("the value is null, and text is needed");
  }

  @Test
  void withoutEitherAMissingTokenFailsAlsoBeforeFilters() {
    assertThat(Plans.failed(Plans.header("{{A | upper}}"), DATA).sentence())
        .isEqualTo("{{A | upper}} in header X-Value: the data has no A; did you mean a?");
    assertThat(Plans.failed(Plans.header("{{none | upper}}"), DATA).sentence())
        .contains("upper: it takes text, but the value is null.");
    assertThat(Plans.body(Plans.template("[{{none? | upper}},{{b | default:2}}]"), DATA))
        .isEqualTo("[null,2]");
    assertThat(Plans.failed(Plans.header("{{l | first}}"), "{\"l\":[]}").sentence())
        .contains("the list is empty, so it has no such item");
  }

  @Test
  void unreadableDataFailsWhateverIsAllowed() {
    assertThat(Plans.failed(Plans.template("[{{b?}}]"), "{").sentence()).contains("cannot be read");
    assertThat(Plans.failed(Plans.template("[{{b ?? 1}}]"), "{").sentence())
        .contains("cannot be read");
  }

  @Test
  void aClosedSetOfInputsIsKnownWhenSaving() {
    var scope = new Scope("acme", "Billing", null, Set.of("InvoiceNumber", "Customer"));
    String url = URL + "{{invoicenumber}}/{{Customer.name}}/{{$root.Custmer}}/{{Total}}";
    assertThat(RequestPlan.compile(Plans.url(url), scope))
        .isInstanceOfSatisfying(
            RequestPlan.Compiled.Faulty.class,
            faulty ->
                assertThat(faulty.faults())
                    .extracting(fault -> fault.detail())
                    .containsExactly(
                        "Line 1, column 21: There is no invoicenumber; did you mean InvoiceNumber?",
                        "Line 1, column 57: There is no Custmer; did you mean Customer?",
                        "Line 1, column 75: There is no Total; expected one of Customer,"
                            + " InvoiceNumber."));
  }
}
