package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.storage.Saved;
import java.util.function.Supplier;

/// Changes of what has a name and revisions: connectors, authorizations, adaptors.
final class Changes {
  private static final int TRIES = 5;

  private Changes() {}

  /// Makes a change; when another one overtook it, again, on what that one left.
  ///
  /// @param change looks at what is there now each time
  static <T> Saved<T> retried(Supplier<Saved<T>> change) {
    Saved<T> saved = change.get();
    for (int i = 1; i < TRIES && saved instanceof Saved.Stale; i++) {
      saved = change.get();
    }
    return saved;
  }

  /// What was saved.
  ///
  /// @param aNoun with its article: `a connector`
  /// @throws Refused when nothing was
  static <T> T done(Saved<T> saved, String aNoun) {
    return switch (saved) {
      case Saved.Done<T>(T row) -> row;
      case Saved.NameTaken<T>(String name) ->
          throw Call.taken("There is %s \"%s\" already.".formatted(aNoun, name), "/name");
      case Saved.Stale<T> stale -> throw Call.stale();
      case Saved.Missing<T> missing ->
          throw new Refused(
              Problem.of(
                  Kind.NOT_FOUND,
                  "The %s has been deleted in the meantime."
                      .formatted(aNoun.substring(aNoun.indexOf(' ') + 1))));
    };
  }
}
