package io.fairlead.render;

/// Unwinds a parser at the first place that it cannot read. Caught where the parser was entered.
final class Flawed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Flaw flaw;

  Flawed(int at, String detail) {
    super(detail, null, false, false);
    this.flaw = new Flaw(at, detail);
  }

  Flaw flaw() {
    return flaw;
  }
}
