package io.fairlead.render;

import io.fairlead.base.Nearest;
import io.fairlead.base.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every filter there is.
final class FilterCatalog {
  private static final Map<String, Definition> ALL =
      table(
          new Definition("upper", 0, 0, "upper", _ -> TextFilters.upper()),
          new Definition("lower", 0, 0, "lower", _ -> TextFilters.lower()),
          new Definition("trim", 0, 0, "trim", _ -> TextFilters.trim()),
          new Definition(
              "substring",
              1,
              2,
              "substring:START or substring:START,LENGTH",
              TextFilters::substring),
          new Definition("replace", 2, 2, "replace:\"OLD\",\"NEW\"", TextFilters::replace),
          new Definition("mask", 0, 1, "mask or mask:SHOWN", TextFilters::mask),
          new Definition("urlEncode", 0, 0, "urlEncode", _ -> TextFilters.urlEncode()),
          new Definition("json", 0, 0, "json", _ -> TextFilters.json()),
          new Definition("xml", 0, 0, "xml", _ -> TextFilters.xml()),
          new Definition("default", 1, 1, "default:VALUE", a -> new DefaultFilter(a.literal(0))),
          new Definition(
              "number",
              0,
              2,
              "number, number:\"0.00\" or number:\"#,##0.00\",\",.\"",
              NumberFilters::number),
          new Definition("round", 0, 1, "round or round:DECIMALS", NumberFilters::round),
          new Definition(
              "date", 1, 2, "date:\"FORMAT\" or date:\"FORMAT\",\"ZONE\"", DateFilters::date),
          new Definition("toUtc", 0, 1, "toUtc or toUtc:\"ZONE\"", DateFilters::toUtc),
          new Definition("age", 0, 1, "age or age:\"ZONE\"", DateFilters::age),
          new Definition("now", 0, 0, "now", _ -> new DateFilters.Now()),
          new Definition("join", 0, 1, "join or join:\"SEPARATOR\"", ListFilters::join),
          new Definition("first", 0, 0, "first", _ -> ListFilters.first()),
          new Definition("last", 0, 0, "last", _ -> ListFilters.last()),
          new Definition("size", 0, 0, "size", _ -> ListFilters.size()),
          new Definition("base64", 0, 1, "base64 or base64:\"url\"", HashFilters::base64),
          new Definition("hex", 0, 0, "hex", _ -> HashFilters.hex()),
          new Definition("sha256", 0, 1, "sha256 or sha256:\"base64\"", HashFilters::sha256),
          new Definition(
              "hmacSha256",
              1,
              2,
              "hmacSha256:$secret.NAME or hmacSha256:\"KEY\", and perhaps ,\"base64\" after it",
              HashFilters::hmacSha256),
          new Definition("uuid", 0, 1, "uuid or uuid:\"NAMESPACE\"", HashFilters::uuid));

  private FilterCatalog() {}

  /// Makes a filter of its arguments, whose number is right.
  private interface Maker {
    Filter make(Arguments arguments) throws Flawed;
  }

  /// A filter that there is.
  ///
  /// @param usage how it is written, with all its arguments
  record Definition(String name, int fewest, int most, String usage, Maker maker) {
    Filter make(Arguments arguments) throws Flawed {
      return maker.make(arguments.count(fewest, most));
    }

    boolean takesSecret() {
      return name.equals("base64") || name.equals("hmacSha256");
    }
  }

  private static Map<String, Definition> table(Definition... definitions) {
    var table = new LinkedHashMap<String, Definition>();
    for (Definition definition : definitions) {
      table.put(definition.name(), definition);
    }
    return table;
  }

  /// @param at where the name begins
  static Definition find(String name, int at) throws Flawed {
    Definition definition = ALL.get(name);
    if (definition != null) {
      return definition;
    }
    String near = Nearest.to(name, ALL.keySet());
    throw new Flawed(
        at,
        near == null
            ? "There is no filter %s; there are %s."
                .formatted(Quote.of(name), String.join(", ", ALL.keySet()))
            : "There is no filter %s; did you mean %s?".formatted(Quote.of(name), near));
  }

  /// Their names, in the order of the documentation.
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
