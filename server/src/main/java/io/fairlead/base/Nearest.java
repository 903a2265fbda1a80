package io.fairlead.base;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what somebody probably meant, for "did you mean".
public final class Nearest {
  /// Names that are looked through at most: a hint may not cost more than the work it is about.
  private static final int MOST = 2_000;

  private Nearest() {}

  /// The known name that differs from a wrong one in case, in separators (`_`, `-`, blank) or by a
  /// slip or two of the fingers only; null when there is none.
  public static @Nullable String to(String wrong, Iterable<String> known) {
    String plain = plain(wrong);
    int allowed = plain.length() < 3 ? 0 : plain.length() < 6 ? 1 : 2;
    String best = null;
    int distance = allowed + 1;
    int seen = 0;
    for (String name : known) {
      if (++seen > MOST) {
        break;
      }
      if (Math.abs(name.length() - wrong.length()) > 8) {
        continue;
      }
      int there = distance(plain, plain(name), distance);
      if (there < distance) {
        best = name;
        distance = there;
        if (there == 0) {
          break;
        }
      }
    }
    return best;
  }

  private static String plain(String name) {
    String lower = name.length() > 100 ? name.substring(0, 100) : name;
    lower = lower.toLowerCase(Locale.ROOT);
    var out = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c != '_' && c != '-' && c != ' ') {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// Insertions, deletions, replacements and swaps of neighbours; `enough` when there are that
  /// many.
  private static int distance(String a, String b, int enough) {
    if (Math.abs(a.length() - b.length()) >= enough) {
      return enough;
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int here = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          here = Math.min(here, before[j - 2] + 1);
        }
        row[j] = here;
        least = Math.min(least, here);
      }
      if (least >= enough) {
        return enough;
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return Math.min(last[b.length()], enough);
  }
}
