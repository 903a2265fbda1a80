package io.fairlead.condition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The filter language, question by question. A filter fails closed.
class FilterTest {
  private static final JsonReader READER = new JsonReader();

  private static final String DATA =
      """
      {"amount":100,"rate":1.50,"big":1e999999999,"huge":1e99999999999,"title":"Net 30",
       "paid":true,"note":null,"empty":"","blank":"  ","none":[],"bare":{},
       "customer":{"country":"NO","name":"Ævar","first name":"Æ"},
       "tags":["new","vip"],"scores":[3,30],
       "lines":[{"sku":"A-1","count":2},{"sku":"B-2","count":9}],"mixed":["x",7]}
      """;

  private static Json json(String text) {
    return switch (READER.read(text)) {
      case JsonReader.Result.Read read -> read.value();
      case JsonReader.Result.Malformed malformed -> throw new AssertionError(malformed.detail());
    };
  }

  private static Filter filter(String text) {
    return filter(json(text));
  }

  private static Filter filter(Json source) {
    var faults = new Faults();
    Filter filter = Filter.read(source, "", faults);
    assertThat(faults.list()).isEmpty();
    if (filter == null) {
      throw new AssertionError("no filter and no fault");
    }
    return filter;
  }

  private static List<String> faults(String text) {
    var faults = new Faults();
    Filter filter = Filter.read(json(text), "/filter", faults);
    assertThat(filter).isNull();
    return faults.list().stream().map((Fault fault) -> fault.at() + " " + fault.detail()).toList();
  }

  private static boolean matches(String filter, String data) {
    return filter(filter).matches(json(data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"amount":100}                                   | true
          {"amount":100.0}                                 | true
          {"amount":1e2}                                   | true
          {"amount":"100"}                                 | false
          {"amount":{"$eq":100}}                           | true
          {"amount":{"$gt":99.999}}                        | true
          {"amount":{"$gt":100}}                           | false
          {"amount":{"$gte":100}}                          | true
          {"amount":{"$lt":100}}                           | false
          {"amount":{"$lte":100}}                          | true
          {"amount":{"$gt":50,"$lt":200}}                  | true
          {"amount":{"$gt":50,"$lt":80}}                   | false
          {"amount":{"$gt":"50"}}                          | false
          {"amount":{"$between":[100,200]}}                | true
          {"amount":{"$between":[101,200]}}                | false
          {"rate":1.5}                                     | true
          {"big":{"$gt":5}}                                | true
          {"big":1e999999999}                              | true
          {"huge":{"$gt":5}}                               | false
          {"huge":{"$lte":5}}                              | false
          {"amount":{"$in":[1,1e2]}}                       | true
          {"amount":{"$in":["100"]}}                       | false
          {"amount":{"$nin":[1,2]}}                        | true
          {"amount":{"$nin":[1,100]}}                      | false
          {"amount":{"$ne":99}}                            | true
          {"amount":{"$neq":100}}                          | false
          {"paid":true}                                    | true
          {"paid":1}                                       | false
          {"note":null}                                    | true
          {"note":{"$gt":1}}                               | false
          {"note":{"$exist":true}}                         | true
          {"gone":null}                                    | false
          {"title":{"$startsWith":"Net"}}                  | true
          {"title":{"$startsWith":"net"}}                  | false
          {"title":{"$endsWith":"30"}}                     | true
          {"title":{"$contains":"t 3"}}                    | true
          {"title":{"$matches":"^Net \\\\d+$"}}            | true
          {"title":{"$matches":"(?i)net"}}                 | true
          {"title":{"$matches":"^\\\\d"}}                  | false
          {"amount":{"$matches":"1"}}                      | false
          {"amount":{"$startsWith":"1"}}                   | false
          {"title":{"$gt":"Nes"}}                          | true
          {"customer.country":"NO"}                        | true
          {"customer":{"country":"NO"}}                    | true
          {"customer":{"country":"NO","name":"x"}}         | false
          {"customer[\\"first name\\"]":"Æ"}               | true
          {"customer":{"$eq":{"country":"NO"}}}            | false
          {"bare":{"$eq":{}}}                              | true
          {"lines[0].sku":"A-1"}                           | true
          {"lines[1].sku":"A-1"}                           | false
          {"lines[7].sku":"A-1"}                           | false
          {"lines":{"sku":"B-2"}}                          | true
          {"lines":{"sku":"B-2","count":9}}                | true
          {"lines":{"sku":"B-2","count":2}}                | false
          {"tags":"vip"}                                   | true
          {"tags":"old"}                                   | false
          {"tags":["new","vip"]}                           | true
          {"tags":["vip","new"]}                           | false
          {"tags":{"$contains":"vip"}}                     | true
          {"tags":{"$contains":"vi"}}                      | false
          {"tags":{"$startsWith":"vi"}}                    | true
          {"tags":{"$ne":"vip"}}                           | false
          {"tags":{"$nin":["old","vip"]}}                  | false
          {"tags":{"$in":["old","vip"]}}                   | true
          {"scores":{"$gt":20}}                            | true
          {"scores":{"$gt":40}}                            | false
          {"scores":{"$contains":3.0}}                     | true
          {"scores":{"$between":[4,29]}}                   | false
          {"none":{"$gt":1}}                               | false
          {"mixed":{"$gt":5}}                              | true
          {"gone":{"$exist":false}}                        | true
          {"gone":{"$exists":true}}                        | false
          {"amount":{"$exist":false}}                      | false
          {"customer.gone.deep":{"$exist":false}}          | true
          {"empty":{"$blank":true}}                        | true
          {"blank":{"$blank":true}}                        | true
          {"none":{"$blank":true}}                         | true
          {"bare":{"$blank":true}}                         | true
          {"note":{"$blank":true}}                         | true
          {"gone":{"$blank":true}}                         | true
          {"gone":{"$blank":false}}                        | false
          {"amount":{"$blank":false}}                      | true
          {"$or":[{"amount":1},{"paid":true}]}             | true
          {"$or":[{"amount":1},{"paid":false}]}            | false
          {"$and":[{"amount":100},{"paid":true}]}          | true
          {"$not":{"amount":1}}                            | true
          {"$not":{"amount":100}}                          | false
          {"amount":{"$not":{"$gt":500}}}                  | true
          {"amount":{"$or":[{"$lt":5},{"$gt":50}]}}        | true
          {"amount":{"$or":[1,100]}}                       | true
          {"amount":100,"$or":[{"paid":false},{"tags":"vip"}]} | true
          """)
  void answersAsItReads(String filter, boolean matches) {
    assertThat(matches(filter, DATA)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amont\":{\"$ne\":5}}",
        "{\"amont\":{\"$nin\":[5]}}",
        "{\"$not\":{\"amont\":5}}",
        "{\"$not\":{\"amont\":{\"$gt\":5}}}",
        "{\"amont\":{\"$not\":{\"$eq\":5}}}",
        "{\"title\":{\"$not\":{\"$gt\":5}}}",
        "{\"$not\":{\"$or\":[{\"amount\":1},{\"amont\":1}]}}",
        "{\"$not\":{\"huge\":{\"$gt\":5}}}",
        "{\"$not\":{\"lines\":{\"price\":5}}}",
        "{\"amount\":{\"lower\":{\"$lt\":5}}}"
      })
  void whatIsNotThereOrCannotBeComparedNeverMatches(String filter) {
    assertThat(matches(filter, DATA)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"x\"", "null", "[]", "true"})
  void dataThatIsNoObjectMatchesOnlyWhereAbsenceIsAskedFor(String data) {
    assertThat(matches("{\"amount\":5}", data)).isFalse();
    assertThat(matches("{\"$not\":{\"amount\":5}}", data)).isFalse();
    assertThat(matches("{\"amount\":{\"$exist\":false}}", data)).isTrue();
  }

  @Test
  void dataThatIsAnArrayIsAskedItemByItemOrByPlace() {
    String data = "[{\"sku\":\"A\",\"count\":1},{\"sku\":\"B\",\"count\":2}]";
    assertThat(matches("{\"sku\":\"B\"}", data)).isTrue();
    assertThat(matches("{\"sku\":\"B\",\"count\":1}", data)).isFalse();
    assertThat(matches("{\"[0].sku\":\"A\",\"sku\":\"B\"}", data)).isTrue();
    assertThat(matches("{\"[1].sku\":\"A\"}", data)).isFalse();
  }

  @Test
  void stringsAreOrderedByCodePoint() {
    assertThat(matches("{\"a\":{\"$gt\":\"\\uff5e\"}}", "{\"a\":\"\\ud83d\\ude00\"}")).isTrue();
    assertThat(matches("{\"a\":{\"$lt\":\"\\ud83d\\ude00\"}}", "{\"a\":\"\\uff5e\"}")).isTrue();
    assertThat(matches("{\"a\":{\"$lt\":\"ab\"}}", "{\"a\":\"a\"}")).isTrue();
  }

  @Test
  @Timeout(5)
  void numbersNeverBlowUp() {
    String long1 = "9".repeat(999);
    String data = "{\"a\":1e999999999,\"b\":-1e999999999,\"c\":" + long1 + ",\"d\":1e-999999999}";
    assertThat(matches("{\"a\":{\"$gt\":" + long1 + "}}", data)).isTrue();
    assertThat(matches("{\"b\":{\"$lt\":" + long1 + "}}", data)).isTrue();
    assertThat(matches("{\"c\":{\"$lt\":1e999}}", data)).isTrue();
    assertThat(matches("{\"d\":{\"$between\":[0,1e-999]}}", data)).isTrue();
    assertThat(matches("{\"a\":{\"$in\":[1,10e999999998]}}", data)).isTrue();
    assertThat(matches("{\"a\":{\"$eq\":{\"x\":1}}}", data)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"amount":{"$gtt":5}}              | /filter/amount/$gtt There is no operator $gtt. Did you mean "$gt"?
          {"a":{"$startswith":"x"}}          | /filter/a/$startswith There is no operator $startswith. Did you mean "$startsWith"?
          {"$xor":[]}                        | /filter/$xor There is no operator $xor. Did you mean "$or"?
          {"$gt":5}                          | /filter/$gt $gt stands under a path: {"amount":{"$gt":…}}.
          {"a":{"$gt":true}}                 | /filter/a/$gt $gt takes a number or a string, not a boolean.
          {"a":{"$gt":1e99999999999}}        | /filter/a/$gt This number is too long or its exponent too large to compare with.
          {"a":{"$in":5}}                    | /filter/a/$in $in takes an array of at least one value.
          {"a":{"$in":[]}}                   | /filter/a/$in $in takes an array of at least one value.
          {"a":{"$exist":1}}                 | /filter/a/$exist $exist takes true or false, not a number.
          {"a":{"$between":[2,1]}}           | /filter/a/$between $between takes two numbers or two strings, the smaller one first.
          {"a":{"$between":[1,"2"]}}         | /filter/a/$between $between takes two numbers or two strings, the smaller one first.
          {"a":{"$startsWith":""}}           | /filter/a/$startsWith $startsWith takes a string that is not empty.
          {"a":{"$matches":"("}}             | /filter/a/$matches $matches is a pattern in RE2 syntax: missing closing ).
          {"a":{"$matches":"(a)\\\\1"}}      | /filter/a/$matches $matches is a pattern in RE2 syntax: invalid escape sequence.
          {"a":{"$matches":"((x{1000}){1000}){1000}"}} | /filter/a/$matches $matches repeats too much; a pattern may come to 500 steps.
          {"a":{}}                           | /filter/a There is nothing to ask here; to ask for an empty object write {"$eq":{}}.
          {}                                 | /filter A filter needs something to ask; leave it out to mean everything.
          []                                 | /filter A filter is an object such as {"amount":{"$gt":100}}, not an array.
          {"$or":{}}                         | /filter/$or $or takes an array of at least one condition.
          {"$or":[5]}                        | /filter/$or/0 This must be an object, not a number.
          {"$not":5}                         | /filter/$not $not takes a filter, not a number.
          {"a":{"$gt":5,"b":6}}              | /filter/a Operators and paths do not stand side by side; join them by $and.
          {"a..b":5}                         | /filter/a..b This is not a path (column 3): Expected a name, but found ..
          {"a/b~":5}                         | /filter/a~1b~0 This is not a path (column 2): Expected . or [ after a, but found /.
          """)
  void whatIsWrongIsToldWhereItStands(String filter, String fault) {
    assertThat(faults(filter)).containsExactly(fault);
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(faults("{\"a\":{\"$gtt\":5},\"$or\":[{\"b\":{\"$in\":1}},7]}"))
        .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
        .containsExactly("/filter/a/$gtt", "/filter/$or/0/b/$in", "/filter/$or/1");
  }

  @Test
  void sizeDepthAndNumberAreBounded() {
    assertThat(faults("{\"a\":\"" + "x".repeat(16_400) + "\"}"))
        .containsExactly("/filter A condition has at most 16 KiB.");
    String deep = "{\"$not\":".repeat(10) + "{\"a\":1}" + "}".repeat(10);
    assertThat(faults(deep)).hasSize(1).first().asString().endsWith("at most 10 deep.");
    String wide =
        IntStream.range(0, 101)
            .mapToObj(i -> "\"a%d\":%d".formatted(i, i))
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(faults(wide))
        .containsExactly("/filter/a100 A condition asks at most 100 questions.");
    String patterns =
        IntStream.range(0, 11)
            .mapToObj(i -> "\"a%d\":{\"$matches\":\"x\"}".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(faults(patterns)).hasSize(1);
  }

  @Test
  @Timeout(10)
  void hostilePatternsTakeNoTime() {
    String text = "a".repeat(4_096);
    for (String pattern : List.of("(a*)*b", "(a|aa)+$b", "(a?){90}a{90}b", "^(([a-z])+.)+[A-Z]$")) {
      long start = System.nanoTime();
      boolean matches =
          matches("{\"t\":{\"$matches\":\"%s\"}}".formatted(pattern), "{\"t\":\"" + text + "\"}");
      assertThat(matches).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    for (String pattern :
        List.of(
            "((((a{9}){9}){9}){9}){9}",
            "(x{1000}y{1000}){1000}",
            "[(](a{900}){900}",
            "(x{1000}\\\\Q)\\\\E){1000}",
            "([]()]a{500}){500}",
            "(\\\\(b{999}){999}")) {
      assertThat(faults("{\"t\":{\"$matches\":\"%s\"}}".formatted(pattern))).hasSize(1);
    }
    assertThat(faults("{\"t\":{\"$matches\":\"%s\"}}".formatted("x".repeat(201)))).hasSize(1);
  }

  @Test
  void inATextThatIsTooLongNoPatternIsFound() {
    String data = "{\"t\":\"" + "a".repeat(4_097) + "\"}";
    assertThat(matches("{\"t\":{\"$matches\":\"a\"}}", data)).isFalse();
    assertThat(matches("{\"$not\":{\"t\":{\"$matches\":\"b\"}}}", data)).isFalse();
    assertThat(filter("{\"t\":{\"$matches\":\"a\"}}").explain(json(data)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.why()).contains("4,096"));
  }

  @Test
  void everyQuestionIsExplained() {
    List<Finding> findings =
        filter(
                """
                {"amount":{"$gt":500},"$or":[{"amont":5},{"lines":{"sku":"B-2"}}],
                 "title":{"$gt":7}}
                """)
            .explain(json(DATA));

    assertThat(findings)
        .extracting(Finding::pointer, Finding::path, Finding::operator, Finding::found)
        .containsExactly(
            tuple("/amount/$gt", "amount", "$gt", "100"),
            tuple("/title/$gt", "title", "$gt", "\"Net 30\""),
            tuple("/$or/0/amont", "amont", "$eq", null),
            tuple("/$or/1/lines/sku", "lines[1].sku", "$eq", "\"B-2\""));
    assertThat(findings).extracting(Finding::holds).containsExactly(false, false, false, true);
    assertThat(findings.get(2).why()).isEqualTo("The data has no amont; did you mean amount?");
    assertThat(findings.get(1).why())
        .isEqualTo("title is a string, which $gt can't compare with a number.");
  }

  @Test
  void whatIsFoundIsCutShort() {
    String found =
        requireNonNull(
            filter("{\"a\":1}")
                .explain(json("{\"a\":\"%s\"}".formatted("😀".repeat(500))))
                .getFirst()
                .found());
    assertThat(found.codePointCount(0, found.length())).isEqualTo(200);
  }

  @Test
  void aTestAsksOneValue() {
    var faults = new Faults();
    var test =
        requireNonNull(
            io.fairlead.condition.Test.read(json("{\"$gte\":400,\"$lt\":500}"), "/when", faults));
    assertThat(faults.list()).isEmpty();
    assertThat(test.holds(json("404"))).isTrue();
    assertThat(test.holds(json("500"))).isFalse();
    assertThat(test.holds(null)).isFalse();
    assertThat(test.explain("status", json("500")))
        .extracting(Finding::path, Finding::holds)
        .containsExactly(tuple("status", true), tuple("status", false));
    var plain = requireNonNull(io.fairlead.condition.Test.read(json("\"OK\""), "/when", faults));
    assertThat(plain.holds(json("\"OK\""))).isTrue();
  }

  /// Whatever the data: a filter and its negation never both match, nothing is thrown, and what the
  /// findings say is what was decided.
  @Test
  @Timeout(20)
  void madeUpFiltersOnMadeUpDataKeepTheLaws() {
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      Json condition = condition(random, 3);
      Json data = data(random, 3);
      Filter filter = filter(condition);
      Json negated = new JsonObject(new LinkedHashMap<>(Map.of("$not", condition)));
      boolean matches = filter.matches(data);
      assertThat(matches && filter(negated).matches(data)).isFalse();
      List<Finding> findings = filter.explain(data);
      if (findings.size() == 1 && !condition.toString().contains("$not")) {
        assertThat(findings.getFirst().holds()).isEqualTo(matches);
      }
    }
  }

  private static Json condition(Random random, int depth) {
    var members = new LinkedHashMap<String, Json>();
    int kind = depth == 0 ? 0 : random.nextInt(5);
    switch (kind) {
      case 1 -> members.put("$not", condition(random, depth - 1));
      case 2 ->
          members.put(
              random.nextBoolean() ? "$or" : "$and",
              new JsonArray(List.of(condition(random, depth - 1), condition(random, depth - 1))));
      case 3 -> members.put(name(random), condition(random, depth - 1));
      default -> {
        var operator = new LinkedHashMap<String, Json>();
        switch (random.nextInt(8)) {
          case 0 -> operator.put("$gt", scalar(random));
          case 1 -> operator.put("$exist", Json.of(random.nextBoolean()));
          case 2 -> operator.put("$blank", Json.of(random.nextBoolean()));
          case 3 -> operator.put("$nin", new JsonArray(List.of(scalar(random), scalar(random))));
          case 4 -> operator.put("$contains", scalar(random));
          case 5 -> operator.put("$matches", new JsonString("a+"));
          case 6 -> operator.put("$ne", scalar(random));
          default -> operator.put("$eq", data(random, 1));
        }
        members.put(name(random), new JsonObject(operator));
      }
    }
    return new JsonObject(members);
  }

  private static String name(Random random) {
    return List.of("a", "b", "a.b", "a[0]", "b[1].a").get(random.nextInt(5));
  }

  private static Json scalar(Random random) {
    return random.nextBoolean()
        ? new JsonNumber(String.valueOf(random.nextInt(3)))
        : new JsonString(List.of("a", "aa", "b").get(random.nextInt(3)));
  }

  private static Json data(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 6);
    if (kind == 0) {
      return random.nextBoolean() ? Json.of(true) : Json.JsonNull.NULL;
    }
    if (kind < 3) {
      return scalar(random);
    }
    if (kind == 3) {
      var items = new ArrayList<Json>();
      for (int i = random.nextInt(3); i > 0; i--) {
        items.add(data(random, depth - 1));
      }
      return new JsonArray(items);
    }
    var members = new LinkedHashMap<String, Json>();
    for (String name : List.of("a", "b")) {
      if (random.nextInt(3) > 0) {
        members.put(name, data(random, depth - 1));
      }
    }
    return new JsonObject(members);
  }
}
