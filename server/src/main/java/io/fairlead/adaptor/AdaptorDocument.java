package io.fairlead.adaptor;

import io.fairlead.adaptor.Row.From;
import io.fairlead.adaptor.ValueMap.Others;
import io.fairlead.adaptor.ValueType.Cast;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonPath;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.render.FilterChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An adaptor as JSON: as people send it, as they read it, and as it is stored.
///
/// Reading notes everything that is wrong at once, and gives null when anything is.
public final class AdaptorDocument {
  private static final TextRule NAME = TextRule.line(1, 200);
  private static final TextRule HEADING = TextRule.line(1, 200);
  private static final TextRule PATH = TextRule.line(1, 500);
  private static final TextRule TARGETS = TextRule.line(0, 2_000);
  private static final TextRule FILTERS = TextRule.line(1, 1_000);
  private static final TextRule DATE_FORMAT = TextRule.line(1, 60);
  private static final TextRule ZONE = TextRule.line(1, 60);
  private static final int MOST_ROWS = 500;
  private static final int MOST_VALUES = 1_000;

  private static final List<String> KNOWN = List.of("name", "active", "rows");
  private static final List<String> ONLY_READ =
      List.of("id", "revision", "createdAt", "updatedAt", "usedBy");

  /// What only a value that comes from the event can have.
  private static final List<String> OF_SOURCES =
      List.of("default", "required", "valueMap", "otherValues", "filters", "dateFormat", "zone");

  private AdaptorDocument() {}

  /// Reads an adaptor that is new, or that is to stand in the place of another.
  public static @Nullable AdaptorDraft read(Json document, Faults faults) {
    return read(document, "", faults);
  }

  /// Reads an adaptor inside another document.
  ///
  /// @param pointer where it stands there
  public static @Nullable AdaptorDraft read(Json document, String pointer, Faults faults) {
    boolean rightBefore = faults.isEmpty();
    int before = faults.list().size();
    Members members = Members.of(document, pointer, faults);
    String name = members.text("name", NAME);
    boolean active = members.flag("active", true);
    var shape = new Shape();
    List<Row> rows = rows(members, shape);
    for (String readOnly : ONLY_READ) {
      if (members.has(readOnly)) {
        members.fault(readOnly, onlyRead(readOnly));
      }
    }
    members.refuseOthers();
    boolean right = rightBefore ? faults.isEmpty() : faults.list().size() == before;
    return right ? new AdaptorDraft(name, active, new Mapping(rows, shape)) : null;
  }

  /// Reads a merge patch (RFC 7396) over an adaptor as it is read.
  public static @Nullable AdaptorDraft patch(Json patch, Adaptor before, Faults faults) {
    if (!(patch instanceof JsonObject changes)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    // A merge lets a null for an unknown name vanish without a word.
    var nothings = new Json.Builder();
    changes
        .members()
        .forEach((name, change) -> {
          if (change instanceof JsonNull && !KNOWN.contains(name)) {
            nothings.put(name, change);
          }
        });
    JsonObject merged = (JsonObject) MergePatch.apply(settings(before), changes);
    return read(Json.object().putAll(merged).putAll(nothings.build()).build(), faults);
  }

  private static String onlyRead(String name) {
    return name + " is read only; leave it out.";
  }

  private static List<Row> rows(Members members, Shape shape) {
    var rows = new ArrayList<Row>();
    for (Members row : members.objects("rows", 0, MOST_ROWS)) {
      rows.add(row(row, rows.size(), shape));
      row.refuseOthers();
    }
    for (Shape.Gap gap : shape.gaps()) {
      members.fault("rows", gap.row(), gap.sentence());
    }
    return rows;
  }

  private static Row row(Members row, int index, Shape shape) {
    String label = row.optionalText("label", HEADING);
    String section = row.optionalText("section", HEADING);
    From from = from(row);
    Targets targets = targets(row, index, shape);
    ValueType type = row.has("type") ? ValueType.of(row.word("type", ValueType.words())) : null;
    if (from instanceof From.Constant(Json value)) {
      for (String name : OF_SOURCES) {
        if (row.has(name)) {
          row.fault(
              name,
              "A constant is always there and always the same, so %s does nothing; leave it out."
                  .formatted(name));
        }
      }
      return new Row(
          label,
          section,
          new From.Constant(cast(row, "constant", type, value)),
          targets,
          null,
          false,
          null,
          null,
          null,
          type);
    }
    Json whenEmpty = row.get("default");
    boolean required = row.flag("required", false);
    if (required && whenEmpty != null) {
      row.fault("required", "With a default there is always a value; leave out one of the two.");
    }
    return new Row(
        label,
        section,
        from,
        targets,
        whenEmpty == null ? null : cast(row, "default", type, whenEmpty),
        required,
        values(row, whenEmpty != null),
        filters(row),
        dates(row),
        type);
  }

  private static From from(Members row) {
    Json constant = row.get("constant");
    boolean hasSource = row.has("source");
    if (constant != null) {
      if (hasSource) {
        row.fault("constant", "A row has a source or a constant, not both.");
      }
      return new From.Constant(constant);
    }
    if (!hasSource) {
      row.missing("source");
    }
    String text = row.optionalText("source", PATH);
    if (text != null) {
      switch (JsonPath.parse(text)) {
        case JsonPath.Parsed.Good(JsonPath path) -> {
          return new From.Source(path);
        }
        case JsonPath.Parsed.Bad(int at, String detail) ->
            row.fault("source", "Character %d: %s".formatted(at + 1, detail));
      }
    }
    return new From.Source(new JsonPath(List.of(new JsonPath.Step.Member("stand-in"))));
  }

  private static Targets targets(Members row, int index, Shape shape) {
    String text = row.optionalText("target", TARGETS);
    switch (Targets.read(text == null ? "" : text)) {
      case Targets.Read.Good(Targets targets) -> {
        for (JsonPath target : targets.paths()) {
          String conflict = shape.add(target, index);
          if (conflict != null) {
            row.fault("target", conflict);
          }
        }
        return targets;
      }
      case Targets.Read.Bad(String sentence) -> row.fault("target", sentence);
    }
    return new Targets("", List.of());
  }

  /// A value that the author gave, as it is sent.
  private static Json cast(Members row, String name, @Nullable ValueType type, Json value) {
    if (type != null) {
      switch (type.cast(value)) {
        case Cast.To(Json cast) -> {
          return cast;
        }
        case Cast.Refused(String sentence) -> row.fault(name, sentence);
      }
    }
    return value;
  }

  private static @Nullable ValueMap values(Members row, boolean hasDefault) {
    Others others = Others.of(row.word("otherValues", Others.words(), Others.KEEP.word()));
    Json given = row.get("valueMap");
    if (given == null) {
      if (row.has("otherValues")) {
        row.fault("otherValues", "otherValues is for a row with a valueMap.");
      }
      return null;
    }
    if (!(given instanceof JsonObject object)) {
      row.fault("valueMap", "valueMap must be an object, not %s.".formatted(given.kind()));
      return null;
    }
    if (object.members().isEmpty() || object.members().size() > MOST_VALUES) {
      row.fault("valueMap", "valueMap has 1 to 1,000 values.");
    }
    if (others == Others.DEFAULT && !hasDefault) {
      row.fault("otherValues", "otherValues is default, and the row has no default.");
    }
    return new ValueMap(new LinkedHashMap<>(object.members()), others);
  }

  private static @Nullable Filters filters(Members row) {
    String text = row.optionalText("filters", FILTERS);
    if (text != null) {
      switch (FilterChain.parse(text)) {
        case FilterChain.Parsed.Good(FilterChain chain) -> {
          return new Filters(text, chain);
        }
        case FilterChain.Parsed.Bad(String detail) -> row.fault("filters", detail);
      }
    }
    return null;
  }

  private static @Nullable DateFormat dates(Members row) {
    String zone = row.optionalText("zone", ZONE);
    String text = row.optionalText("dateFormat", DATE_FORMAT);
    if (text == null) {
      if (zone != null && !row.has("dateFormat")) {
        row.fault("zone", "zone is for a row with a dateFormat.");
      }
      return null;
    }
    switch (DateFormat.read(text, zone)) {
      case DateFormat.Read.Good(DateFormat format) -> {
        return format;
      }
      case DateFormat.Read.Bad(boolean inZone, String sentence) ->
          row.fault(inZone ? "zone" : "dateFormat", sentence);
    }
    return null;
  }

  /// What people wrote, as they read it and as it is stored.
  public static JsonObject settings(Adaptor adaptor) {
    return settings(adaptor.name(), adaptor.active(), adaptor.mapping());
  }

  static JsonObject settings(AdaptorDraft draft) {
    return settings(draft.name(), draft.active(), draft.mapping());
  }

  private static JsonObject settings(String name, boolean active, Mapping mapping) {
    return Json.object()
        .put("name", name)
        .put("active", active)
        .put("rows", Json.array(mapping.rows().stream().map(AdaptorDocument::json).toList()))
        .build();
  }

  private static Json json(Row row) {
    Json.Builder out = Json.object();
    out.putIfPresent("label", row.label()).putIfPresent("section", row.section());
    switch (row.from()) {
      case From.Source(JsonPath path) -> out.put("source", path.text());
      case From.Constant(Json value) -> out.put("constant", value);
    }
    if (!row.targets().text().isEmpty()) {
      out.put("target", row.targets().text());
    }
    Json whenEmpty = row.whenEmpty();
    if (whenEmpty != null) {
      out.put("default", whenEmpty);
    }
    if (row.required()) {
      out.put("required", true);
    }
    ValueMap values = row.values();
    if (values != null) {
      out.put("valueMap", new JsonObject(new LinkedHashMap<>(values.values())));
      out.put("otherValues", values.others().word());
    }
    Filters filters = row.filters();
    if (filters != null) {
      out.put("filters", filters.text());
    }
    DateFormat dates = row.dates();
    if (dates != null) {
      out.put("dateFormat", dates.text()).putIfPresent("zone", dates.zone());
    }
    ValueType type = row.type();
    if (type != null) {
      out.put("type", type.word());
    }
    return out.build();
  }
}
