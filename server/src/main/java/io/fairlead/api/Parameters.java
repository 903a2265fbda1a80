package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Rfc3339;
import io.fairlead.json.Faults;
import io.fairlead.json.Members;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request. What is wrong with them is noted, each by its name.
final class Parameters {
  private static final int MAX_SHOWN = 100;
  private static final int LONGEST_SEARCHED = 200;
  private static final Pattern EVENT_TYPES =
      Pattern.compile("\\*|[A-Za-z0-9._:/-]{1,200}|[A-Za-z0-9._:/-]{1,198}\\.\\*");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Faults faults;

  /// @param query as sent, without the question mark
  /// @param known the names that the route has
  Parameters(String query, List<String> known, Faults faults) {
    this.faults = faults;
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (name == null || value == null) {
        fault(pair, "A query parameter is not valid percent-encoded UTF-8.");
      } else if (!known.contains(name)) {
        fault(
            name,
            "There is no query parameter \"%s\" here.%s"
                .formatted(shown(name), Members.didYouMean(name, known)));
      } else {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
  }

  private void fault(String name, String detail) {
    faults.inParameter(name.isEmpty() ? "?" : shown(name), detail);
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static @Nullable String decoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+') {
        bytes.write(' ');
      } else if (c > '~') {
        return null;
      } else if (c != '%') {
        bytes.write(c);
      } else {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
        if (low < 0) {
          return null;
        }
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// A parameter that may stand once; null when it is absent.
  @Nullable String one(String name) {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      faults.inParameter(name, name + " stands more than once.");
    }
    return given.isEmpty() ? null : given.getFirst();
  }

  /// A parameter that may stand more than once.
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// A whole number in a range; `otherwise` when absent or wrong.
  int wholeNumber(String name, int min, int max, int otherwise) {
    String text = one(name);
    if (text == null) {
      return otherwise;
    }
    boolean digits =
        text.length() <= 9 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(text) : min - 1;
    if (number < min || number > max) {
      faults.inParameter(name, "%s is a whole number from %d to %d.".formatted(name, min, max));
      return otherwise;
    }
    return number;
  }

  /// One of a few words; `otherwise` when absent or wrong.
  String word(String name, List<String> words, String otherwise) {
    String text = one(name);
    return text == null || !isWord(name, text, words) ? otherwise : text;
  }

  boolean isWord(String name, String text, List<String> words) {
    if (words.contains(text)) {
      return true;
    }
    faults.inParameter(
        name,
        "%s is %s%s.%s"
            .formatted(
                name,
                words.size() == 1 ? "" : "one of ",
                String.join(", ", words),
                Members.didYouMean(text, words)));
    return false;
  }

  /// A time in epoch milliseconds; null when absent or wrong.
  @Nullable Long time(String name) {
    String text = one(name);
    if (text == null) {
      return null;
    }
    Long time = Rfc3339.parse(text);
    if (time == null) {
      faults.inParameter(name, "%s %s (+ is written %%2B).".formatted(name, Rfc3339.EXPECTED));
    }
    return time;
  }

  /// The number of an id; null when absent or wrong.
  @Nullable Long id(String name, String prefix) {
    String text = one(name);
    return text == null ? null : idIn(name, text, prefix);
  }

  /// The number of one of a parameter's ids; null when it is wrong.
  @Nullable Long idIn(String name, String text, String prefix) {
    OptionalLong id = Ids.parse(prefix, text);
    if (id.isEmpty()) {
      faults.inParameter(name, "%s is an id such as %s.".formatted(name, Ids.text(prefix, 0)));
      return null;
    }
    return id.getAsLong();
  }

  /// What people look for, without the spaces around it; null when absent or wrong.
  @Nullable String searched(String name) {
    String text = one(name);
    if (text == null) {
      return null;
    }
    if (text.isBlank() || text.length() > LONGEST_SEARCHED || text.chars().anyMatch(c -> c < ' ')) {
      faults.inParameter(
          name,
          "%s has from 1 to %d characters, none of them a control character."
              .formatted(name, LONGEST_SEARCHED));
      return null;
    }
    return text.strip();
  }

  /// Whether a name has a part that is searched for, whatever the case.
  ///
  /// @param part null for any name
  static boolean isIn(String name, @Nullable String part) {
    return part == null || name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /// Event types as triggers have them: exact, `invoice.*` or `*`; null when absent or wrong.
  @Nullable String eventTypes(String name) {
    String types = one(name);
    if (types != null && !EVENT_TYPES.matcher(types).matches()) {
      faults.inParameter(
          name, "%s is an event type, types such as invoice.*, or *.".formatted(name));
      return null;
    }
    return types;
  }

  /// Every value by name, less those that page through the same list.
  Map<String, List<String>> filters() {
    var filters = new TreeMap<>(values);
    filters.remove("cursor");
    filters.remove("limit");
    filters.remove("sort");
    return filters;
  }
}
