package io.fairlead.base;

/// Carries a problem out of blocking code to the edge, where it becomes the answer. The one
/// exception for expected ends: inside the rooms they are values.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// Refuses the request with a problem.
  public Refused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// What to answer.
  public Problem problem() {
    return problem;
  }
}
