package io.fairlead.render;

import io.fairlead.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The arguments of one filter while it is made. Whatever is wrong with them is told with its
/// place, when the connector is saved.
final class Arguments {
  private final String usage;
  private final int at;
  private final List<Argument> given;

  /// @param usage how the filter is written, with all its arguments
  /// @param at where its name begins
  Arguments(String usage, int at, List<Argument> given) {
    this.usage = usage;
    this.at = at;
    this.given = given;
  }

  /// Refuses too few and too many.
  Arguments count(int fewest, int most) throws Flawed {
    if (given.size() < fewest || given.size() > most) {
      throw new Flawed(at, "Expected %s.".formatted(usage));
    }
    return this;
  }

  boolean has(int i) {
    return i < given.size();
  }

  /// A text.
  String text(int i) throws Flawed {
    if (given.get(i) instanceof Argument.Literal(int where, Json.JsonString(String text))) {
      int lone = TemplateText.loneSurrogate(text);
      if (lone < 0) {
        return text;
      }
      throw new Flawed(where, "Expected text, but found half of a surrogate pair.");
    }
    throw wrong(i);
  }

  /// A text, or what stands in for one that is not given.
  String text(int i, String otherwise) throws Flawed {
    return has(i) ? text(i) : otherwise;
  }

  /// One of a few words; the first when it is not given.
  String word(int i, List<String> words) throws Flawed {
    String word = text(i, words.getFirst());
    if (!words.contains(word)) {
      throw new Flawed(
          given.get(i).at(), "Expected one of \"%s\".".formatted(String.join("\", \"", words)));
    }
    return word;
  }

  /// A whole number in a range.
  int whole(int i, int min, int max) throws Flawed {
    if (given.get(i) instanceof Argument.Literal(int where, Json.JsonNumber number)) {
      BigDecimal value = number.text().length() < 12 ? number.decimal() : BigDecimal.TEN.pow(12);
      if (value.compareTo(BigDecimal.valueOf(min)) >= 0
          && value.compareTo(BigDecimal.valueOf(max)) <= 0
          && value.stripTrailingZeros().scale() <= 0) {
        return value.intValue();
      }
      throw new Flawed(
          where, String.format(Locale.ROOT, "Expected a whole number from %,d to %,d.", min, max));
    }
    throw wrong(i);
  }

  /// A whole number, or what stands in for one that is not given.
  int whole(int i, int min, int max, int otherwise) throws Flawed {
    return has(i) ? whole(i, min, max) : otherwise;
  }

  /// Any literal.
  Json literal(int i) throws Flawed {
    if (given.get(i) instanceof Argument.Literal(int _, Json value)) {
      return value;
    }
    throw wrong(i);
  }

  /// The name of a secret, or null when a literal stands there.
  @Nullable String secret(int i) {
    return given.get(i) instanceof Argument.Secret(int _, String name) ? name : null;
  }

  /// Where an argument begins.
  int at(int i) {
    return given.get(i).at();
  }

  private Flawed wrong(int i) {
    return new Flawed(given.get(i).at(), "Expected %s.".formatted(usage));
  }
}
