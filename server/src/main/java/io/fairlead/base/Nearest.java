package io.fairlead.base;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the known name that somebody most likely meant.
public final class Nearest {
  private static final int MAX_LENGTH = 200;

  private Nearest() {}

  /// The known name that differs only in case, or by at most a third of its characters (two
  /// characters that changed places count once); null when there is none.
  public static @Nullable String to(String given, Collection<String> known) {
    if (given.length() > MAX_LENGTH) {
      return null;
    }
    String nearest = null;
    int least = Integer.MAX_VALUE;
    String lower = given.toLowerCase(Locale.ROOT);
    for (String name : known) {
      int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < least && distance * 3 <= Math.max(name.length(), 3)) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /// A sentence's end that offers the nearest name: ` Did you mean "name"?`, or nothing.
  public static String question(String given, Collection<String> known) {
    String nearest = to(given, known);
    return nearest == null ? "" : " Did you mean \"" + nearest + "\"?";
  }

  /// How many insertions, deletions, replacements and swaps of neighbours apart two texts are.
  private static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
