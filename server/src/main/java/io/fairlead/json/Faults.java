package io.fairlead.json;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Refused;
import java.util.ArrayList;
import java.util.List;

/// Everything that is wrong with one request, collected while it is read, so that all of it can be
/// told at once. It keeps the first 100.
public final class Faults {
  private static final int MAX = 100;
  private static final int MAX_DETAIL = 1_000;

  private final List<Fault> list = new ArrayList<>();

  /// Notes a fault in the body.
  public void at(String pointer, String detail) {
    add(Fault.at(pointer, cut(detail)));
  }

  /// Notes a fault in a query parameter.
  public void inParameter(String name, String detail) {
    add(Fault.inParameter(name, cut(detail)));
  }

  /// Notes a fault in a header.
  public void inHeader(String name, String detail) {
    add(Fault.inHeader(name, cut(detail)));
  }

  private void add(Fault fault) {
    if (list.size() < MAX) {
      list.add(fault);
    }
  }

  private static String cut(String detail) {
    return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL - 1) + "…";
  }

  /// Whether nothing is wrong so far.
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /// The faults in the order they were found.
  public List<Fault> list() {
    return List.copyOf(list);
  }

  /// Ends the request with a 400 that names all faults, if there are any.
  ///
  /// @throws Refused when something is wrong
  public void refuse() {
    if (!list.isEmpty()) {
      throw new Refused(Problem.invalid(list));
    }
  }
}
