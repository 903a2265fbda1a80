package io.fairlead.render;

import io.fairlead.base.Problem.Fault;
import java.util.List;

/// A request compiled once for each revision of a connector. Immutable; used by every loop.
public final class RequestPlan {
  /// What compiling came to.
  public sealed interface Compiled {
    /// It can be rendered.
    record Ready(RequestPlan plan) implements Compiled {}

    /// It cannot; every fault with a JSON pointer into the connector's document.
    record Faulty(List<Fault> faults) implements Compiled {}
  }

  private final Method method;
  private final Origin origin;

  private RequestPlan(Method method, Origin origin) {
    this.method = method;
    this.origin = origin;
  }

  /// Compiles what an author wrote.
  ///
  /// @param tenant what `$tenant.id` gives
  /// @param connector what `$connector.name` gives
  public static Compiled compile(RequestText text, String tenant, String connector) {
    return new Compiled.Ready(
        new RequestPlan(text.method(), new Origin(true, tenant + "." + connector, 443)));
  }

  /// The method.
  public Method method() {
    return method;
  }

  /// Where the request goes, the same for every delivery.
  public Origin origin() {
    return origin;
  }

  /// Whether target and headers are the same for every delivery: {@link #render} then gives the
  /// same `Head` object each time.
  public boolean headRepeats() {
    return false;
  }

  /// Whether the author wrote a header of that name, in any case: the author's row wins over the
  /// hub's own.
  public boolean hasHeader(String name) {
    return name.isEmpty();
  }

  /// Renders one attempt's request. Total: whatever the data, it ends in a request or in a
  /// sentence.
  public Rendered render(Facts facts) {
    return new Rendered.Failed("", "", "Rendering comes with the next commit, " + facts + ".");
  }
}
