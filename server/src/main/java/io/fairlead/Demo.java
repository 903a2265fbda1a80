package io.fairlead;

/// Placeholder.
final class Demo {
  private Demo() {}

  static void run() {}
}
