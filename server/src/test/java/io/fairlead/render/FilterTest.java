package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  /// 2026-02-25T06:13:20.123Z
  private static final long NOW = 1_772_000_000_123L;

  private static FilterChain chain(String text) {
    return switch (FilterChain.parse(text)) {
      case FilterChain.Parsed.Good(var chain) -> chain;
      case FilterChain.Parsed.Bad(var detail) -> throw new AssertionError(text + ": " + detail);
    };
  }

  private static Json json(String text) {
    return ((JsonReader.Result.Read) new JsonReader().read(text)).value();
  }

  private static String apply(String chain, String value) {
    return switch (chain(chain).apply(json(value), NOW)) {
      case Filtered.Value(Json made) -> JsonWriter.text(made);
      case Filtered.Absent absent -> "absent";
      case Filtered.Refused(String reason) -> reason;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "`upper`|`\"straße\"`|`\"STRASSE\"`",
        "`upper`|`12`|`\"12\"`",
        "`lower`|`\"ÄÖ\"`|`\"äö\"`",
        "`upper | lower`|`true`|`\"true\"`",
        "`upper`|`null`|`upper: it takes text, but the value is null`",
        "`upper`|`[1]`|`upper: it takes text, but the value is an array`",
        "`trim`|`\"\\u2003 a b\\n\"`|`\"a b\"`",
        "`substring:2`|`\"abcde\"`|`\"cde\"`",
        "`substring:1,2`|`\"a😀cde\"`|`\"😀c\"`",
        "`substring:-2`|`\"abc\"`|`\"bc\"`",
        "`substring:-9,2`|`\"abc\"`|`\"ab\"`",
        "`substring:9`|`\"abc\"`|`\"\"`",
        "`substring:0,0`|`\"abc\"`|`\"\"`",
        "`replace:\"a\",\"bb\"`|`\"aXa\"`|`\"bbXbb\"`",
        "`replace:\".\",\"\"`|`\"1.2.3\"`|`\"123\"`",
        "`replace:\"$1\",\"{{x}}\"`|`\"a$1\"`|`\"a{{x}}\"`",
        "`default:\"x\"`|`null`|`\"x\"`",
        "`default:\"x\"`|`\"\"`|`\"x\"`",
        "`default:0`|`false`|`false`",
        "`default:null`|`\"\"`|`null`",
        "`mask`|`\"4111111111111111\"`|`\"************1111\"`",
        "`mask:2`|`\"a😀\"`|`\"**\"`",
        "`mask:0`|`\"abc\"`|`\"***\"`",
        "`urlEncode`|`\"a b/é+\"`|`\"a%20b%2F%C3%A9%2B\"`",
        "`urlEncode`|`\"\\ud800\"`|`urlEncode: it has half of a surrogate pair, which has no form in UTF-8`",
        "`json`|`{\"a\":[1.10,null]}`|`\"{\\\"a\\\":[1.10,null]}\"`",
        "`json`|`\"a\\\"\"`|`\"\\\"a\\\\\\\"\\\"\"`",
        "`xml`|`\"<a b='c'>&\\\"\"`|`\"&lt;a b=&apos;c&apos;&gt;&amp;&quot;\"`",
        "`number`|`\"1.50\"`|`1.50`",
        "`number`|`7`|`7`",
        "`number`|`\"1,5\"`|`number: it takes a number such as 1234.5, of at most 1,000 digits, but the text is another`",
        "`number`|`\"007\"`|`number: it takes a number such as 1234.5, of at most 1,000 digits, but the text is another`",
        "`number`|`true`|`number: it takes a number, but the value is a boolean`",
        "`number:\"0.00\"`|`1234.005`|`\"1234.01\"`",
        "`number:\"#,##0.00\"`|`-1234567.891`|`\"-1,234,567.89\"`",
        "`number:\"#,##0.00\",\",.\"`|`\"1234.5\"`|`\"1.234,50\"`",
        "`number:\"0.##\"`|`1.50`|`\"1.5\"`",
        "`number:\"0.##\"`|`-0.001`|`\"0\"`",
        "`number:\"000\"`|`7`|`\"007\"`",
        "`number:\"0\"`|`1e999999999`|`number: the number has more than 1,000 digits when it is written out`",
        "`round`|`2.5`|`3`",
        "`round:2`|`-1.005`|`-1.01`",
        "`round:3`|`\"1e2\"`|`100.000`",
        "`round`|`1e999999999`|`round: the number has more than 1,000 digits when it is written out`",
        "`base64`|`\"hé?\"`|`\"aMOpPw==\"`",
        "`base64:\"url\"`|`\"~~~?\"`|`\"fn5-Pw\"`",
        "`hex`|`\"é\"`|`\"c3a9\"`",
        "`sha256`|`\"abc\"`|`\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"`",
        "`sha256:\"base64\"`|`\"abc\"`|`\"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\"`",
        "`hmacSha256:\"Jefe\"`|`\"what do ya want for nothing?\"`|`\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\"`",
        "`hmacSha256:\"key\",\"base64\"`|`\"The quick brown fox jumps over the lazy dog\"`|`\"97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg=\"`",
        "`uuid:\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"`|`\"www.example.com\"`|`\"2ed6657d-e927-568b-95e1-2665a8aea6a2\"`",
        "`now`|`\"x\"`|`\"2026-02-25T06:13:20.123Z\"`",
        "`join`|`[1,\"a\",true]`|`\"1,a,true\"`",
        "`join:\" / \"`|`[]`|`\"\"`",
        "`join`|`[1,null]`|`join: it takes a list of texts, but item [1] is null`",
        "`join`|`\"a\"`|`join: it takes a list, but the value is a string`",
        "`first`|`[[1],2]`|`[1]`",
        "`last`|`[[1],2]`|`2`",
        "`first`|`[]`|`absent`",
        "`first | default:\"x\"`|`[]`|`\"x\"`",
        "`size`|`[1,2]`|`2`",
        "`size`|`{\"a\":1}`|`1`",
        "`size`|`\"a😀\"`|`2`",
        "`size`|`5`|`size: it takes a list, an object or text, but the value is a number`",
        "`date:\"yyyy-MM-dd\"`|`\"2026-03-02T23:30:00Z\"`|`\"2026-03-02\"`",
        "`date:\"yyyy-MM-dd HH:mm\",\"Europe/Berlin\"`|`\"2026-03-02T23:30:00Z\"`|`\"2026-03-03 00:30\"`",
        "`date:\"yyyy-MM-dd\",\"America/New_York\"`|`\"2026-03-02\"`|`\"2026-03-02\"`",
        "`toUtc`|`\"2026-03-02T10:15:03+01:00\"`|`\"2026-03-02T09:15:03Z\"`",
        "`toUtc:\"Europe/Berlin\"`|`\"2026-07-02 10:15\"`|`\"2026-07-02T08:15:00Z\"`",
        "`toUtc`|`1772000000123`|`\"2026-02-25T06:13:20.123Z\"`",
        "`toUtc`|`\"2026-03-02\"`|`toUtc: it takes a time such as 2026-03-02T10:15:03+01:00, but the value is a date without a time`",
        "`toUtc`|`\"soon\"`|`toUtc: it takes a time such as 2026-03-02T10:15:03+01:00, but the value is none`",
        "`age`|`\"1990-02-25\"`|`36`",
        "`age`|`\"1990-02-26\"`|`35`",
        "`age`|`\"2030-01-01\"`|`age: the date 2030-01-01 lies in the future`",
        "`upper | substring:0,1 | base64`|`\"ab\"`|`\"QQ==\"`",
      })
  void whatAFilterMakes(String chain, String value, String expected) {
    assertThat(apply(chain, value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`uper`|`Line 1, column 1: There is no filter uper; did you mean upper?`",
        "`raw`|`Line 1, column 1: There is no filter raw; there are upper, lower,`",
        "`upper:1`|`Line 1, column 1: Expected upper.`",
        "`trim | substring`|`Line 1, column 8: Expected substring:START or substring:START,LENGTH.`",
        "`substring:\"1\"`|`column 11: Expected substring:START or`",
        "`substring:1.5`|`column 11: Expected a whole number from -1,000,000 to 1,000,000.`",
        "`substring:1e9999`|`column 11: Expected a whole number from`",
        "`replace:\"\",\"x\"`|`column 9: Expected a text to replace, but found an empty one.`",
        "`replace:\"a\"`|`Expected replace:\"OLD\",\"NEW\".`",
        "`date`|`Expected date:\"FORMAT\" or date:\"FORMAT\",\"ZONE\".`",
        "`date:\"Y-m-d\"`|`column 6: Expected yyyy for the year; Y is the year that a week belongs to.`",
        "`date:\"yyyy-jj\"`|`column 6: Expected the letters yuMdDEHhmsSaXxzV in a format, but found j`",
        "`date:\"\"`|`column 6: Expected a format such as yyyy-MM-dd HH:mm, or one of default, datetime,`",
        "`date:\"yyyy\",\"Berlin\"`|`column 13: Expected a time zone such as Europe/Berlin, UTC or +01:00.`",
        "`toUtc:\"x\"`|`column 7: Expected a time zone`",
        "`number:\"abc\"`|`column 8: Expected a format such as \"0\", \"0.00\" or \"#,##0.00\".`",
        "`number:\"0\",\",,\"`|`column 12: Expected two separators, the decimal point first`",
        "`base64:\"std\"`|`column 8: Expected one of \"standard\", \"url\".`",
        "`hmacSha256`|`Expected hmacSha256:$secret.NAME or hmacSha256:\"KEY\"`",
        "`hmacSha256:\"\"`|`Expected a key, but found an empty text.`",
        "`hmacSha256:$secret.key`|`column 12: Expected no $secret here`",
        "`uuid:\"1-1-1-1-1\"`|`column 6: Expected a UUID as the namespace`",
        "`upper |`|`column 8: Expected the name of a filter after |, but found the end.`",
        "`upper lower`|`column 7: Expected | or : or }} after upper, but found l.`",
        "`default:x`|`column 9: Expected a text in double quotes, a number, true, false or null as an argument of default, but found x.`",
        "`default:\"x`|`column 9: Expected \" to close the string that begins here.`",
        "`default:\"\\x\"`|`Expected one of \" \\ / b f n r t u after a backslash, but found x.`",
        "`default:01`|`column 10: Expected the end of the number, but found 1.`",
        "`default:1.`|`column 11: Expected a digit, but found the end.`",
        "`default:\"\\ud800\" | replace:\"\\ud800\",\"x\"`|`column 28: Expected text, but found half of a surrogate pair.`",
        "`trim|trim|trim|trim|trim|trim|trim|trim|trim|trim|trim`|`column 51: Expected no more than 10 filters.`",
      })
  void whatIsNoFilterIsRefusedWithItsPlace(String chain, String expected) {
    assertThat(FilterChain.parse(chain))
        .isInstanceOfSatisfying(
            FilterChain.Parsed.Bad.class, bad -> assertThat(bad.detail()).contains(expected));
  }

  @Test
  void noFiltersChangeNothing() {
    assertThat(apply("  ", "[1.10]")).isEqualTo("[1.10]");
  }

  @Test
  void absenceGoesThroughFiltersUntilADefault() {
    assertThat(chain("upper | trim").apply(null, NOW)).isEqualTo(Filtered.Absent.ABSENT);
    assertThat(chain("upper | default:\"x\" | upper").apply(null, NOW))
        .isEqualTo(Filtered.text("X"));
  }

  @Test
  void whatComesOutHasAnEnd() {
    String wide = "\"" + "a".repeat(1_000) + "\"";
    String grow = "replace:\"a\",\"" + "a".repeat(1_000) + "\"";
    assertThat(apply(grow + "|" + grow + "|" + grow, wide))
        .isEqualTo("replace: what comes out is longer than 1,048,576 characters");
    String half = "\"" + "é".repeat(600_000) + "\"";
    assertThat(apply("hex", half)).contains("longer than 1,048,576");
    assertThat(apply("urlEncode | urlEncode", half)).contains("longer than 1,048,576");
    assertThat(apply("join:\"" + "x".repeat(60_000) + "\"", "[" + "1,".repeat(100) + "1]"))
        .contains("longer than 1,048,576");
  }

  /// Every filter, over every kind of value: an end, never an exception.
  @Test
  void everyFilterIsTotal() {
    var random = new Random(20_260_303L);
    List<String> chains =
        List.of(
            "upper",
            "lower",
            "trim",
            "substring:-3,2",
            "replace:\"a\",\"\\u007d\"",
            "default:1",
            "date:\"verbose\",\"Asia/Kathmandu\"",
            "date:\"unix\"",
            "date:\"age\"",
            "date:\"yyyy-MM-dd'T'HH:mm:ss.SSSxxx'['VV']'\"",
            "toUtc",
            "toUtc:\"Europe/Berlin\"",
            "number",
            "number:\"#,##0.0##\"",
            "round:20",
            "urlEncode",
            "json",
            "xml",
            "base64",
            "hex",
            "sha256",
            "hmacSha256:\"k\"",
            "uuid",
            "now",
            "join",
            "first",
            "last",
            "size",
            "mask",
            "age");
    List<String> values = HostileTexts.values(random);
    for (int i = 0; i < 6_000; i++) {
      String value = values.get(random.nextInt(values.size()));
      Json json =
          switch (random.nextInt(8)) {
            case 0 -> Json.array(List.of(Json.of(value), Json.of(i)));
            case 1 -> Json.object().put(value, value).build();
            case 2 -> new Json.JsonNumber(number(random));
            case 3 -> Json.JsonNull.NULL;
            case 4 -> Json.of(date(random));
            default -> Json.of(value);
          };
      String text = chains.get(random.nextInt(chains.size()));
      if (random.nextBoolean()) {
        text += " | " + chains.get(random.nextInt(chains.size()));
      }
      switch (chain(text).apply(json, NOW)) {
        case Filtered.Value(Json made) -> assertThat(made).as(text).isNotNull();
        case Filtered.Absent absent -> assertThat(text).containsAnyOf("first", "last");
        case Filtered.Refused(String reason) ->
            assertThat(reason).as(text).matches("\\w+: [^\\p{Cntrl}]+");
      }
    }
  }

  private static String number(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> random.nextInt() + "e" + random.nextInt();
      case 2 -> "1e" + "9".repeat(1 + random.nextInt(12));
      case 3 -> Double.toString(random.nextDouble()).replace("E", "e");
      default -> "9".repeat(1 + random.nextInt(999));
    };
  }

  private static String date(Random random) {
    String date =
        "%04d-%02d-%02d".formatted(random.nextInt(10_000), random.nextInt(14), random.nextInt(33));
    return switch (random.nextInt(4)) {
      case 0 -> date;
      case 1 -> date + "T%02d:%02d".formatted(random.nextInt(26), random.nextInt(62));
      case 2 -> date + " 23:59:60";
      default -> date + "T10:00:00.%d+%02d:00".formatted(random.nextInt(1_000), random.nextInt(20));
    };
  }
}
