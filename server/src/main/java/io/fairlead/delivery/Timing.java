package io.fairlead.delivery;

import io.fairlead.base.Quote;
import io.fairlead.base.Times;
import io.fairlead.connector.LeastDelay;
import io.fairlead.connector.LeastDelay.Mark;
import io.fairlead.connector.Selection.Chance;
import io.fairlead.connector.Selection.Wanted;
import io.fairlead.connector.Window;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// When a delivery is to be made that a connector wants: what the time says. A pure function, so
/// that what is explained is what is done.
///
/// Of several triggers the most favourable one decides: one that lets it go now before one that
/// holds it, the earliest opening first, and a trigger without a least delay before one with it, so
/// that none is used up without need.
final class Timing {
  /// When no delivery has been made yet.
  static final long NEVER_YET = Long.MIN_VALUE;

  /// What becomes of a delivery.
  sealed interface Fate {
    /// It is due.
    ///
    /// @param at now or later
    /// @param used the least delay that it uses up, or null
    record Due(long at, @Nullable Used used) implements Fate {}

    /// It is not made; the sentence says why, for the log.
    record Suppressed(String why) implements Fate {}
  }

  /// A least delay that begins anew.
  ///
  /// @param at when the delivery is due that begins it
  record Used(Mark mark, long at, long freeAt) {}

  private Timing() {}

  /// Decides.
  ///
  /// @param last when the last delivery under a mark was due, or {@link #NEVER_YET}
  static Fate decide(Wanted wanted, long now, ToLongFunction<Mark> last) {
    if (wanted.chances().isEmpty()) {
      return new Fate.Due(now, null);
    }
    Fate.@Nullable Due best = null;
    String why = "";
    for (Chance chance : wanted.chances()) {
      switch (decide(chance, now, last)) {
        case Fate.Due due -> best = best == null || isBetter(due, best) ? due : best;
        case Fate.Suppressed(String sentence) -> why = why.isEmpty() ? sentence : why;
      }
    }
    return best == null ? new Fate.Suppressed(why) : best;
  }

  private static boolean isBetter(Fate.Due one, Fate.Due than) {
    return one.at() == than.at() ? one.used() == null && than.used() != null : one.at() < than.at();
  }

  private static Fate decide(Chance chance, long now, ToLongFunction<Mark> last) {
    Window window = chance.trigger().window();
    long at = window == null ? now : window.opens(now);
    if (window != null && at != now) {
      if (at == Window.NEVER) {
        return new Fate.Suppressed(
            "It came outside the trigger's window (%s), which does not open again."
                .formatted(window.text()));
      }
      if (window.outside() == Window.Outside.DROP) {
        return new Fate.Suppressed(
            "It came outside the trigger's window (%s), and the trigger drops what does."
                .formatted(window.text()));
      }
    }
    LeastDelay delay = chance.trigger().leastDelay();
    Mark mark = chance.mark();
    if (delay == null || mark == null) {
      return new Fate.Due(at, null);
    }
    long before = last.applyAsLong(mark);
    long freeAt = before == NEVER_YET ? NEVER_YET : before + delay.least().toMillis();
    return freeAt <= at
        ? new Fate.Due(at, new Used(mark, at, at + delay.least().toMillis()))
        : new Fate.Suppressed(tooSoon(chance, delay, before, freeAt));
  }

  private static String tooSoon(Chance chance, LeastDelay delay, long before, long freeAt) {
    String key = chance.key();
    String whose =
        delay.key() == null ? "" : key == null ? " without a key" : " for " + Quote.of(key);
    return "The last one%s was due at %s, and leastDelay is %s: the next may come at %s."
        .formatted(whose, Times.text(before), Times.text(delay.least()), Times.text(freeAt));
  }
}
