package io.fairlead.condition;

/// What asking came to. What could not be compared is neither true nor false, and no `$not` makes
/// it true: so a filter fails closed.
enum Truth {
  TRUE,
  FALSE,
  /// There was nothing to compare, or nothing that can be compared.
  UNKNOWN;

  static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
    };
  }

  Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
  }

  Truth or(Truth other) {
    return not().and(other.not()).not();
  }
}
