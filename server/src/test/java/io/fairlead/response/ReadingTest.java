package io.fairlead.response;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.JsonWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadingTest {
  private static ResponseSettings as(ResponseType type) {
    return new ResponseSettings(type, null, null, null, List.of());
  }

  private static ResponseSettings cutAt(ResponseType type, String delimiter, @Nullable String key) {
    return new ResponseSettings(type, delimiter, key, null, List.of());
  }

  private static Reading read(ResponseSettings settings, @Nullable String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Reading.of(settings, type, bytes, bytes.length);
  }

  private static Reading read(ResponseType type, String body) {
    return read(as(type), null, body);
  }

  private static String tree(Reading reading) {
    assertThat(reading.note()).isNull();
    return JsonWriter.text(requireNonNull(reading.value()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "{\"a\": [1, 2.50, null]} ¦ {\"a\":[1,2.50,null]}",
        "true ¦ true",
        "\"text\" ¦ \"text\"",
        "` 12 ` ¦ 12"
      })
  void jsonByTheLetterIsNotLenient(String body, String tree) {
    Reading reading = read(ResponseType.JSON, body);
    assertThat(tree(reading)).isEqualTo(tree);
    assertThat(reading.lenient()).isFalse();
    assertThat(reading.type()).isEqualTo(ResponseType.JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "{key1:[value1,value2,value3],key2:[value1,value2,value3]}"
            + "¦ {\"key1\":[\"value1\",\"value2\",\"value3\"],\"key2\":[\"value1\",\"value2\",\"value3\"]}",
        "{a: 1, b: -2.5e3, c: true, d: null, e: 01} ¦ {\"a\":1,\"b\":-2.5e3,\"c\":true,\"d\":null,\"e\":\"01\"}",
        "{'a': 'it\\'s', b: \"x\\u0041\"} ¦ {\"a\":\"it's\",\"b\":\"xA\"}",
        "{a: http://x.example/y?z, b: two words} ¦ {\"a\":\"http://x.example/y?z\",\"b\":\"two words\"}",
        "[1, 2,] ¦ [1,2]",
        "{\"a\": 1, \"a\": 2} ¦ {\"a\":2}",
        "{} ¦ {}",
        "[ a ] ¦ [\"a\"]"
      })
  void lenientJsonIsReadAndSaysSo(String body, String tree) {
    Reading reading = read(ResponseType.JSON, body);
    assertThat(tree(reading)).isEqualTo(tree);
    assertThat(reading.lenient()).isEqualTo(!body.equals("{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {"{a", "{a:", "{a:1", "[", "[1", "{a}", "[[]", "{'a: 1}", "{a: {b}", "{:1}"})
  void whatIsNoJsonEvenSoIsNotRead(String body) {
    Reading reading = read(ResponseType.JSON, body);
    assertThat(reading.value()).isNull();
    assertThat(reading.wrong()).isTrue();
    assertThat(reading.note()).startsWith("The ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "<Values><value>value1</value><value>value2</value></Values>"
            + "¦ {\"Values\":{\"value\":[\"value1\",\"value2\"]}}",
        "<a/> ¦ {\"a\":\"\"}",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a> x </a> ¦ {\"a\":\"x\"}",
        "<a id=\"7\">x</a> ¦ {\"a\":{\"@id\":\"7\",\"#text\":\"x\"}}",
        "<a>x<b>y</b>z</a> ¦ {\"a\":{\"b\":\"y\",\"#text\":\"xz\"}}",
        "<s:a xmlns:s=\"urn:s\"><s:b/></s:a> ¦ {\"s:a\":{\"@xmlns:s\":\"urn:s\",\"s:b\":\"\"}}",
        "<a s:b=\"1\"/> ¦ {\"a\":{\"@s:b\":\"1\"}}",
        "<s:a>unbound</s:a> ¦ {\"s:a\":\"unbound\"}",
        "<a>&lt;&#65;<![CDATA[<&>]]></a> ¦ {\"a\":\"<A<&>\"}",
        "<a><!-- no --><?no no?></a> ¦ {\"a\":\"\"}"
      })
  void xmlBecomesATree(String body, String tree) {
    assertThat(tree(read(ResponseType.XML, body))).isEqualTo(tree);
  }

  @Test
  void textIsCutAtDelimiters() {
    assertThat(tree(read(ResponseType.TEXT, "value1,value2,value3")))
        .isEqualTo("[\"value1\",\"value2\",\"value3\"]");
    assertThat(tree(read(ResponseType.TEXT, "OK\r\n"))).isEqualTo("[\"OK\"]");
    assertThat(tree(read(cutAt(ResponseType.TEXT, "|", null), null, "a, b | c||d")))
        .isEqualTo("[\"a, b\",\"c\",\"\",\"d\"]");
    assertThat(tree(read(cutAt(ResponseType.TEXT, "\n", null), null, "a\r\nb\r\n")))
        .isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void textWithKeysBecomesAnObject() {
    assertThat(tree(read(cutAt(ResponseType.TEXT, ";", "="), null, "a=1; b = x=y ;a=2;flag;")))
        .isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":\"x=y\",\"flag\":\"\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "application/json ¦ {\"a\":1} ¦ JSON",
        "application/problem+json; charset=utf-8 ¦ {\"a\":1} ¦ JSON",
        "application/json ¦ {a:1} ¦ JSON",
        "text/html ¦ {\"a\":1} ¦ JSON",
        "- ¦ [1] ¦ JSON",
        "text/xml ¦ <a/> ¦ XML",
        "application/soap+xml ¦ <a/> ¦ XML",
        "- ¦ <?xml version=\"1.0\"?><a/> ¦ XML",
        "text/plain ¦ {a:1} ¦ TEXT",
        "text/plain ¦ OK ¦ TEXT",
        "text/html ¦ <html><body>Hi</body></html> ¦ TEXT",
        "- ¦ OK ¦ TEXT",
        "application/pdf ¦ %PDF ¦ BINARY",
        "image/png ¦ x ¦ BINARY",
        "application/octet-stream ¦ {\"a\":1} ¦ BINARY"
      })
  void autoGoesByTheContentTypeAndTheLook(@Nullable String type, String body, ResponseType came) {
    Reading reading = read(as(ResponseType.AUTO), type, body);
    assertThat(reading.type()).isEqualTo(came);
    assertThat(reading.note()).isNull();
    assertThat(reading.value() == null).isEqualTo(came == ResponseType.BINARY);
  }

  @Test
  void textThatAutoFoundIsCutOnlyWhereADelimiterIsGiven() {
    assertThat(tree(read(ResponseType.AUTO, "a,b"))).isEqualTo("\"a,b\"");
    assertThat(tree(read(cutAt(ResponseType.AUTO, ",", null), null, "a,b")))
        .isEqualTo("[\"a\",\"b\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "XML ¦ application/json ¦ {\"a\":1} ¦ The response type is declared XML, but JSON came (application/json).",
        "XML ¦ - ¦ OK ¦ The response type is declared XML, but text came.",
        "XML ¦ text/html ¦ <!DOCTYPE html><p> ¦ The response type is declared XML, but HTML came (text/html).",
        "JSON ¦ text/xml; charset=utf-8 ¦ <a/> ¦ The response type is declared JSON, but XML came (text/xml).",
        "JSON ¦ text/html ¦ <html>no ¦ The response type is declared JSON, but HTML came (text/html).",
        "JSON ¦ - ¦ OK ¦ The response type is declared JSON, but text came.",
        "TEXT ¦ application/json ¦ [1,2] ¦ The response type is declared TEXT, but JSON came (application/json).",
        "TEXT ¦ text/xml ¦ <a>1,2</a> ¦ The response type is declared TEXT, but XML came (text/xml).",
        "JSON ¦ application/json ¦ {\"a\" ¦ The answer (application/json) cannot be read as JSON. The text is not valid JSON (line 1, column 5).",
        "XML ¦ text/xml ¦ <a><b></a> ¦ The answer (text/xml) cannot be read as XML. It is not well-formed (line 1, column 9).",
        "AUTO ¦ application/json ¦ <a/> ¦ The answer (application/json) cannot be read as JSON. The text is not valid JSON (line 1, column 1)."
      })
  void theWrongTypeSaysWhatWasDeclaredAndWhatCame(
      ResponseType declared, @Nullable String type, String body, String sentence) {
    Reading reading = read(as(declared), type, body);
    assertThat(reading.value()).isNull();
    assertThat(reading.wrong()).isTrue();
    assertThat(reading.note()).isEqualTo(sentence);
  }

  @Test
  void anEmptyBodyIsNotWrong() {
    for (ResponseType type : ResponseType.values()) {
      assertThat(read(type, "").wrong()).isFalse();
      assertThat(read(type, "").value()).isNull();
    }
    assertThat(read(ResponseType.JSON, "").note()).isEqualTo("The answer has no body.");
  }

  @Test
  void whatWasNotKeptWholeIsNotRead() {
    Reading large = Reading.of(as(ResponseType.JSON), null, new byte[1 << 20], (1 << 20) + 1);
    assertThat(large.note())
        .isEqualTo("The answer has 1,048,577 bytes; more than 1,048,576 are not read.");
    Reading cut = Reading.of(as(ResponseType.AUTO), null, new byte[65_536], 70_000);
    assertThat(cut.note()).isEqualTo("The answer has 70,000 bytes; more than 65,536 are not read.");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, text/plain; charset=ISO-8859-1",
    "UTF-8, text/plain; charset=utf-8",
    "UTF-8, text/plain",
    "UTF-8, text/plain; charset=no-such",
    "windows-1252, text/plain; Charset=\"windows-1252\"",
    "UTF-16, text/plain"
  })
  void theCharsetIsHeeded(String charset, String type) {
    byte[] bytes = "grün,blau".getBytes(Charset.forName(charset));
    Reading reading = Reading.of(as(ResponseType.TEXT), type, bytes, bytes.length);
    assertThat(tree(reading)).isEqualTo("[\"grün\",\"blau\"]");
  }

  @Test
  void theXmlDeclarationNamesTheCharsetToo() {
    String xml = "<?xml version='1.0' encoding='ISO-8859-1'?><a>grün</a>";
    byte[] latin = xml.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(tree(Reading.of(as(ResponseType.XML), "text/xml", latin, latin.length)))
        .isEqualTo("{\"a\":\"grün\"}");
    byte[] wide = "<?xml version='1.0'?><a>grün</a>".getBytes(StandardCharsets.UTF_16LE);
    assertThat(tree(Reading.of(as(ResponseType.XML), null, wide, wide.length)))
        .isEqualTo("{\"a\":\"grün\"}");
  }

  @Test
  void bytesThatAreNoTextAreSaidToBeNone() {
    byte[] bytes = {(byte) 0xc3, 0x28, 1, 2};
    assertThat(Reading.of(as(ResponseType.TEXT), null, bytes, 4).note())
        .isEqualTo("The response type is declared TEXT, but what came is not valid UTF-8.");
    assertThat(Reading.of(as(ResponseType.TEXT), "image/png", new byte[4], 4).note())
        .isEqualTo("The response type is declared TEXT, but binary data came (image/png).");
    assertThat(Reading.of(as(ResponseType.AUTO), null, bytes, 4).type())
        .isEqualTo(ResponseType.BINARY);
  }
}
