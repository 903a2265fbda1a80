package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final Json DATA =
      read(
          """
          {"customer":{"Name":"Ann","first name":"A"},"lines":[{"sku":"x"},{"sku":"y"}],
           "none":null}
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.b[0].c", "[\"first name\"].x", "a[\"b.c\"]", "été", "x-y_z@1", "[0][1]"})
  void whatIsReadIsWrittenAsItWas(String text) {
    assertThat(path(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';0;Expected a name, but found the end.",
        "a.;2;Expected a name, but found the end.",
        "a b;1;Expected . or [ after a, but found  .",
        "a[x];2;Expected a number from 0 or a name in double quotes after [, but found x.",
        "a[1;3;Expected ] to close the [ before it, but found the end.",
        "a.[0];2;Expected a name after the dot, but found [.",
        "[\"a;1;Expected \" to close the quoted name that begins here.",
      })
  void whatIsNoPathSaysWhereAndWhy(String text, int at, String detail) {
    assertThat(JsonPath.parse(text)).isEqualTo(new JsonPath.Parsed.Bad(at, detail));
  }

  @Test
  void aPathLeadsToAValue() {
    assertThat(path("lines[1].sku").find(DATA)).isEqualTo(new JsonPath.Found.Value(Json.of("y")));
    assertThat(path("none").get(DATA)).isEqualTo(Json.JsonNull.NULL);
    assertThat(path("customer[\"first name\"]").get(DATA)).isEqualTo(Json.of("A"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "customer.name;'customer has no name; did you mean customer.Name?'",
        "lines[2];lines has 2 items, so there is no [2].",
        "none.x;none is null, which has no members.",
        "absent;the data has no absent.",
      })
  void whatIsMissingIsNamed(String text, String reason) {
    assertThat(path(text).find(DATA)).isEqualTo(new JsonPath.Found.Missing(reason));
    assertThat(path(text).get(DATA)).isNull();
  }

  private static JsonPath path(String text) {
    return ((JsonPath.Parsed.Good) JsonPath.parse(text)).path();
  }

  private static Json read(String text) {
    return ((JsonReader.Result.Read) new JsonReader().read(text)).value();
  }
}
