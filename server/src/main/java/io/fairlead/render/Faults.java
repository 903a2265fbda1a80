package io.fairlead.render;

import io.fairlead.base.Problem.Fault;
import java.util.List;

/// Turns the flaws of one text into faults of a document.
final class Faults {
  /// A text that is wrong all over is told so a few times, not a thousand.
  private static final int MOST_OF_ONE_TEXT = 10;

  private Faults() {}

  static void add(List<Fault> faults, String pointer, String text, List<Flaw> flaws) {
    for (Flaw flaw : flaws.subList(0, Math.min(flaws.size(), MOST_OF_ONE_TEXT))) {
      faults.add(Fault.at(pointer, flaw.in(text)));
    }
  }
}
