package io.fairlead.adaptor;

import io.fairlead.base.Quote;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a row's value goes, as its author wrote it: `phone`, `contact.phone`, `lines[0].sku`, or
/// several of them with commas between. What else stands in a name stands in quotes: `["name,
/// first"]`.
///
/// @param text as written
/// @param paths in order; none when the row is not sent
record Targets(String text, List<JsonPath> paths) {
  /// A target nests no deeper.
  private static final int MAX_STEPS = 20;

  private static final int MAX_PATHS = 20;

  Targets {
    paths = List.copyOf(paths);
  }

  /// What reading came to.
  sealed interface Read {
    record Good(Targets targets) implements Read {}

    record Bad(String sentence) implements Read {}
  }

  static Read read(String text) {
    return text.isBlank() ? new Read.Good(new Targets(text, List.of())) : new Reader(text).read();
  }

  /// Reads one text.
  private static final class Reader {
    private final String text;
    private int at;
    private @Nullable String flaw;

    Reader(String text) {
      this.text = text;
    }

    Read read() {
      var paths = new ArrayList<JsonPath>();
      do {
        List<Step> steps = path();
        String wrong = flaw;
        if (wrong != null) {
          return new Read.Bad(wrong);
        }
        paths.add(new JsonPath(steps));
      } while (at++ < text.length());
      return paths.size() > MAX_PATHS
          ? new Read.Bad("A row has at most %d targets.".formatted(MAX_PATHS))
          : new Read.Good(new Targets(text, paths));
    }

    /// Reads up to a comma or the end.
    private List<Step> path() {
      var steps = new ArrayList<Step>();
      blanks();
      while (flaw == null) {
        Step step = here() == '[' ? bracket() : name();
        if (step == null) {
          break;
        }
        steps.add(step);
        blanks();
        if (at == text.length() || here() == ',') {
          check(steps);
          break;
        }
        if (here() == '.') {
          at++;
          if (here() == '[') {
            wrong();
          }
        } else if (here() != '[') {
          wrong();
        }
      }
      return steps;
    }

    private void check(List<Step> steps) {
      if (steps.getFirst() instanceof Step.Index) {
        flaw = "A target begins with a name, since what an adaptor makes is an object.";
      } else if (steps.size() > MAX_STEPS) {
        flaw = "A target has at most %d steps.".formatted(MAX_STEPS);
      }
    }

    private @Nullable Step name() {
      int start = at;
      while (at < text.length() && ".,[]\"".indexOf(here()) < 0) {
        at++;
      }
      String name = text.substring(start, at).strip();
      return name.isEmpty() ? wrong() : new Step.Member(name);
    }

    private @Nullable Step bracket() {
      at++;
      Step step = here() == '"' ? quoted() : index();
      if (step == null || here() != ']') {
        return wrong();
      }
      at++;
      return step;
    }

    private @Nullable Step quoted() {
      var name = new StringBuilder();
      for (at++; at < text.length() && here() != '"'; at++) {
        if (here() == '\\') {
          at++;
          if (here() != '"' && here() != '\\') {
            return wrong();
          }
        }
        name.append(here());
      }
      if (at == text.length()) {
        return wrong();
      }
      at++;
      return new Step.Member(name.toString());
    }

    private @Nullable Step index() {
      int start = at;
      while (here() >= '0' && here() <= '9') {
        at++;
      }
      return at == start || at - start > 4
          ? wrong()
          : new Step.Index(Integer.parseInt(text, start, at, 10));
    }

    private @Nullable Step wrong() {
      if (flaw == null) {
        flaw =
            "Expected a target like phone, contact.phone, lines[0].sku or [\"a.b\"], several with commas between, but found %s at character %d."
                .formatted(
                    at < text.length() ? Quote.of(text.substring(at)) : "the end",
                    text.codePointCount(0, Math.min(at, text.length())) + 1);
      }
      return null;
    }

    private void blanks() {
      while (here() == ' ' || here() == '\t') {
        at++;
      }
    }

    /// The character here; NUL at the end, which no target needs.
    private char here() {
      return at < text.length() ? text.charAt(at) : '\0';
    }
  }
}
