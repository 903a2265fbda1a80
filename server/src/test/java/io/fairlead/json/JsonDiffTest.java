package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonDiffTest {
  private final JsonReader reader = new JsonReader();

  private Json read(String text) {
    return switch (reader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
      case JsonReader.Result.Read(Json value) -> value;
      case JsonReader.Result.Malformed malformed -> throw new AssertionError(malformed.detail());
    };
  }

  private List<String> changes(String before, String after) {
    return JsonDiff.of(read(before), read(after)).stream()
        .map(change -> JsonWriter.text(change.json()).replace('"', '\''))
        .toList();
  }

  @Test
  void theSameIsTheSameInWhateverOrder() {
    assertThat(changes("{'a':1,'b':[{'c':null}]}", "{'b':[{'c':null}],'a':1}")).isEmpty();
  }

  @Test
  void eachValueThatDiffersIsNamed() {
    assertThat(changes("{'a':{'b':1,'x/y~z':true},'gone':[]}", "{'a':{'b':2},'new':null}"))
        .containsExactly(
            "{'pointer':'/a/b','before':1,'after':2}",
            "{'pointer':'/a/x~1y~0z','before':true}",
            "{'pointer':'/gone','before':[]}",
            "{'pointer':'/new','after':null}");
  }

  @Test
  void anItemThatIsPutInOrTakenOutIsOneChange() {
    assertThat(changes("['a','b','c']", "['a','x','b','c']"))
        .containsExactly("{'pointer':'/1','after':'x'}");
    assertThat(changes("['a','b','c']", "['a','c']"))
        .containsExactly("{'pointer':'/1','before':'b'}");
    assertThat(changes("['a','a']", "['a','a','a']"))
        .containsExactly("{'pointer':'/2','after':'a'}");
  }

  @Test
  void itemsInTheMiddleAreComparedInPairs() {
    assertThat(changes("[1,{'n':'b','v':1},3]", "[1,{'n':'b','v':2},4,3]"))
        .containsExactly("{'pointer':'/1/v','before':1,'after':2}", "{'pointer':'/2','after':4}");
  }

  @Test
  void aValueOfAnotherKindIsReplacedWhole() {
    assertThat(changes("{'a':[1]}", "{'a':{'0':1}}"))
        .containsExactly("{'pointer':'/a','before':[1],'after':{'0':1}}");
    assertThat(changes("1", "1.0")).containsExactly("{'pointer':'','before':1,'after':1.0}");
  }
}
