package io.fairlead.condition;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a value may be asked.
public enum Operator {
  /// The same value, of the same type; or an array with such an item.
  EQ("$eq"),
  /// Another value; in an array no item may be the same.
  NEQ("$neq", "$ne"),
  /// Greater: numbers by value, strings by code point.
  GT("$gt"),
  /// Greater or the same.
  GTE("$gte"),
  /// Less.
  LT("$lt"),
  /// Less or the same.
  LTE("$lte"),
  /// From the first of two to the second, both included.
  BETWEEN("$between"),
  /// One of a list.
  IN("$in"),
  /// None of a list.
  NIN("$nin"),
  /// A string that begins so.
  STARTS_WITH("$startsWith"),
  /// A string that ends so.
  ENDS_WITH("$endsWith"),
  /// A string with that in it, or an array with that item.
  CONTAINS("$contains"),
  /// A string in which an RE2 pattern is found.
  MATCHES("$matches"),
  /// Whether the path leads to something, `null` too.
  EXIST("$exist", "$exists"),
  /// Whether there is nothing to read: absent, `null`, only white space, `[]` or `{}`.
  BLANK("$blank");

  private final String name;
  private final String alias;

  Operator(String name) {
    this(name, name);
  }

  Operator(String name, String alias) {
    this.name = name;
    this.alias = alias;
  }

  /// As it is written, with `$`.
  public String text() {
    return name;
  }

  static @Nullable Operator of(String name) {
    for (Operator operator : values()) {
      if (operator.name.equals(name) || operator.alias.equals(name)) {
        return operator;
      }
    }
    return null;
  }

  /// Every spelling that is known.
  static List<String> allNames() {
    return Arrays.stream(values())
        .flatMap(operator -> Stream.of(operator.name, operator.alias))
        .distinct()
        .toList();
  }
}
