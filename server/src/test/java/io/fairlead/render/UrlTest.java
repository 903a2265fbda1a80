package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://h.example|https://h.example|/",
        "HTTPS://H.Example/A|https://h.example|/A",
        "http://h.example:8080/a/b|http://h.example:8080|/a/b",
        "https://h.example:443/|https://h.example|/",
        "http://h.example:443/|http://h.example:443|/",
        "https://h.example?x=1|https://h.example|/?x=1",
        "https://h.example/a%2Fb%2fc/../d//e|https://h.example|/a%2Fb%2fc/../d//e",
        "https://h.example/a;v=1/b,c:d@e!$&'()*+=|https://h.example|/a;v=1/b,c:d@e!$&'()*+=",
        "https://h.example/?q=a+b/?&f[x]=%20|https://h.example|/?q=a+b/?&f[x]=%20",
        "https://192.0.2.1/|https://192.0.2.1|/",
        "https://[2001:DB8::1]:8443/x|https://[2001:db8::1]:8443|/x",
        "http://[::ffff:127.0.0.1]/|http://[::ffff:127.0.0.1]|/",
        "https://Köln.example/|https://xn--kln-sna.example|/",
        "https://例え.テスト/|https://xn--r8jz45g.xn--zckzah|/",
        "https://xn--kln-sna.example/|https://xn--kln-sna.example|/",
        "http://localhost:1/|http://localhost:1|/",
        "https://1password.example/|https://1password.example|/",
      })
  void whatIsValidIsSentAsTyped(String typed, String origin, String target) {
    RequestPlan plan = Plans.plan(Plans.url(typed));
    assertThat(plan.origin()).hasToString(origin);
    assertThat(Plans.target(Plans.url(typed), "{}")).isEqualTo(target);
    assertThat(plan.headRepeats()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ftp://h.example/|column 1: Expected https:// or http://.",
        "h.example/|column 1: Expected https:// or http://.",
        "{{scheme}}://h/|tokens may not stand in scheme, host or port",
        "https:/h.example/|column 1: Expected https://",
        "https://{{host}}/|column 9: Expected a host and port without tokens",
        "https://a.{{host}}/|column 11: Expected a host and port without tokens",
        "https://h.example:{{port}}/|column 19: Expected a host and port without tokens",
        "https:///a|column 9: Expected a host after ://.",
        "https://user:pw@h.example/|column 9: Expected a host without user name and password",
        "https://user@h.example/|column 9: Expected a host without user name and password",
        "https://h.example/a#b|column 20: Expected no fragment",
        "https://h.example#b|column 18: Expected no fragment",
        "https://h.example/?a#b|column 21: Expected no fragment",
        "https://h.example:/|column 19: Expected a port from 1 to 65535",
        "https://h.example:0/|column 19: Expected a port",
        "https://h.example:080/|column 19: Expected a port",
        "https://h.example:65536/|column 19: Expected a port",
        "https://h.example:8a/|column 19: Expected a port",
        "https://a:b:c/|Expected a port",
        "https://h.example/a b|column 20: Expected characters of a URL, but found a blank, which is written %20.",
        "https://h.example/é|but found é, which is written %C3%A9.",
        "https://h.example/😀x|but found 😀, which is written %F0%9F%98%80.",
        "https://h.example/a\"b|which is written %22.",
        "https://h.example/a\\b|which is written %5C.",
        "https://h.example\\@evil.example/|which is written %5C.",
        "https://h.example/a[0]|which is written %5B.",
        "https://h.example/%zz|Expected two hexadecimal digits after %",
        "https://h.example/%2|Expected two hexadecimal digits after %",
        "https://h.example/%2{{x}}|Expected two hexadecimal digits after %",
        "https://h.example/{id}|Expected no single { in a URL; a token is written {{Name}}.",
        "https://h.example/{{id|column 19: Expected }} to close the token",
        "https://h.example/{{id ?? x}}|Expected a text in double quotes, a number, true, false or null after ??, but found x.",
        "https://h.example./|without a dot at its end",
        "https://a..example/|Expected a host of letters, digits and hyphens",
        "https://-a.example/|Expected a host of letters, digits and hyphens",
        "https://a_b.example/|Expected a host of letters, digits and hyphens",
        "https://a b.example/|Expected a host of letters, digits and hyphens",
        "https://%31.example/|Expected a host without %",
        "https://127.1/|four decimal numbers",
        "https://127.0.1/|four decimal numbers",
        "https://2130706433/|four decimal numbers",
        "https://0x7f000001/|four decimal numbers",
        "https://0x7f.0.0.1/|four decimal numbers",
        "https://127.0.0.0x1/|four decimal numbers",
        "https://0177.0.0.1/|four decimal numbers",
        "https://127.0.0.01/|four decimal numbers",
        "https://256.0.0.1/|four decimal numbers",
        "https://1.2.3.4.5/|four decimal numbers",
        "https://1.2.3.99999999999/|four decimal numbers",
        "https://a.1/|four decimal numbers",
        "https://１２７.０.０.１/|four decimal numbers",
        "https://127。0。0。1/|four decimal numbers",
        "https://straße.example/|reads in two ways",
        "https://[::1/|Expected ] to close the IPv6 address.",
        "https://[::1]x/|Expected : or / after the IPv6 address.",
        "https://[fe80::1%25eth0]/|without a zone",
        "https://[127.0.0.1]/|Expected an IPv6 address between [ and ]",
        "https://[1::2::3]/|Expected an IPv6 address between [ and ]",
        "https://[v1.x]/|Expected an IPv6 address between [ and ]",
        "https://[]/|Expected an IPv6 address between [ and ]",
        "https://::1/|Expected a port",
      })
  void whatIsNotIsRefused(String typed, String expected) {
    assertThat(Plans.faults(Plans.url(typed)))
        .anySatisfy(fault -> {
          assertThat(fault.at()).isEqualTo("/url");
          assertThat(fault.detail().replace("programs read in two ways", "reads in two ways"))
              .contains(expected);
        });
  }

  @Test
  void controlCharactersAndHalfSurrogatesAreRefused() {
    for (String bad : new String[] {"\r\n", "\u0000", "\t", "\u007f", "\ud800"}) {
      assertThat(Plans.faults(Plans.url("https://h.example/a" + bad))).isNotEmpty();
      assertThat(Plans.faults(Plans.url("https://h.example/?a" + bad))).isNotEmpty();
      assertThat(Plans.faults(Plans.url("https://h" + bad + ".example/"))).isNotEmpty();
    }
  }

  @Test
  void aPasswordInAUrlIsNotRepeatedInTheRefusal() {
    assertThat(Plans.faults(Plans.url("https://user:hunter2@h.example/")).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void whatIsWrongAllOverIsToldAFewTimes() {
    assertThat(Plans.faults(Plans.url("https://h.example/" + "é".repeat(1000)))).hasSize(10);
  }

  @Test
  void valuesAreEscapedByTheirPlace() {
    Map<String, String> table =
        Map.of(
            "https://h.example/a/{{v}}/b", "/a/a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25/b",
            "https://h.example/x-{{v}}.json", "/x-a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25.json",
            "https://h.example/{{v}}{{v}}",
                "/a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25",
            "https://h.example?q={{v}}&r=1", "/?q=a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25&r=1",
            "https://h.example/?{{v}}", "/?a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25");
    table.forEach((url, target) ->
        assertThat(Plans.target(Plans.url(url), "{\"v\":\"a/b?c#d&e=f+g h%\"}"))
            .as(url)
            .isEqualTo(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aPathSegmentIsNeverEmptyOrDots(String value) {
    Rendered.Failed failed =
        Plans.failed(Plans.url("https://h.example/a/{{v}}/b"), "{\"v\":\"" + value + "\"}");
    assertThat(failed.token()).isEqualTo("{{v}}");
    assertThat(failed.place()).isEqualTo("the URL's path");
    assertThat(failed.sentence()).startsWith("{{v}} in the URL's path: the value is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2e{{d}}", "%2E{{d}}", "{{d}}{{d}}", "{{d}}.", ".{{d}}"})
  void dotsAreNotPutTogetherEither(String segment) {
    assertThat(Plans.failed(Plans.url("https://h.example/a/" + segment + "?x=1"), "{\"d\":\".\"}"))
        .isNotNull();
  }

  @Test
  void aDotBesideTextIsOnlyADot() {
    assertThat(Plans.target(Plans.url("https://h.example/a.{{v}}.b"), "{\"v\":\"x\"}"))
        .isEqualTo("/a.x.b");
    assertThat(Plans.target(Plans.url("https://h.example/..{{v}}"), "{\"v\":\"x\"}"))
        .isEqualTo("/..x");
  }

  @Test
  void queryRowsFollowTheUrlsOwnQuery() {
    Map<String, String> table =
        Map.of(
            "https://h.example/", "/?a%5B%5D=1%20%2B&b=x",
            "https://h.example/?q=1", "/?q=1&a%5B%5D=1%20%2B&b=x",
            "https://h.example/?", "/?a%5B%5D=1%20%2B&b=x",
            "https://h.example/?q=1&", "/?q=1&a%5B%5D=1%20%2B&b=x",
            "https://h.example/?q={{v}}", "/?q=x&a%5B%5D=1%20%2B&b=x",
            "https://h.example/{{v}}", "/x?a%5B%5D=1%20%2B&b=x");
    table.forEach((url, target) ->
        assertThat(
                Plans.target(
                    Plans.query(url, new Row("a[]", "1 +"), new Row("b", "{{v}}")),
                    "{\"v\":\"x\"}"))
            .as(url)
            .isEqualTo(target));
  }

  @Test
  void aUrlHasAnEnd() {
    RequestText text = Plans.query("https://h.example/", new Row("a", "{{v}}"));
    assertThat(Plans.failed(text, "{\"v\":\"" + "x".repeat(1 << 20) + "\"}").sentence())
        .contains("{{v}} in query parameter a: with this value it is longer than");
    Row[] rows = new Row[3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Row("r" + i, "x".repeat(8000));
    }
    assertThat(Plans.faults(Plans.query("https://h.example/", rows)))
        .containsExactly(
            Fault.at("/url", "The URL with its query is longer than 16,384 characters."));
  }

  @Test
  void whatTheHubKnowsWhenSavingIsFilledThen() {
    RequestPlan plan =
        Plans.plan(Plans.url("https://h.example/{{$tenant.id}}/{{$connector.name}}"));
    assertThat(plan.headRepeats()).isTrue();
    assertThat(((Rendered.Request) plan.render(Plans.facts("{}"))).head().target())
        .isEqualTo("/acme/Billing");
    assertThat(
            RequestPlan.compile(
                Plans.url("https://h.example/a/{{$connector.name}}"), Scope.of("t", "..")))
        .isInstanceOf(RequestPlan.Compiled.Faulty.class);
    assertThat(
            RequestPlan.compile(
                Plans.url("https://h.example/.{{$connector.name}}"), Scope.of("t", ".")))
        .isInstanceOf(RequestPlan.Compiled.Faulty.class);
  }
}
