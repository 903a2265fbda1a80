package io.fairlead.render;

import io.fairlead.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How target and headers are made, settled when a connector is saved.
///
/// @param target path and query
/// @param most the most characters of the target
record HeadPlan(List<Piece> target, int most, List<HeaderPlan> headers) {
  /// The longest value of one header, in characters.
  static final int MAX_HEADER = 16 << 10;

  HeadPlan {
    target = List.copyOf(target);
    headers = List.copyOf(headers);
  }

  /// A header's name and what its value is made of.
  ///
  /// @param optional the only token of the value, when the header is left out without a value for
  ///   it
  record HeaderPlan(String name, String place, List<Piece> value, Piece.@Nullable Hole optional) {}

  /// Makes it for one attempt.
  ///
  /// @param masked whether `***` is written for each secret
  Made<Rendered.Head> make(Values values, boolean masked) {
    String path = Piece.fixed(target);
    if (path == null) {
      var output = new Output(values, most, masked);
      Piece.Stop stop = output.append(target);
      if (stop != null) {
        return new Made.Not<>(stop.failed());
      }
      if (output.isTooLong()) {
        return new Made.Not<>(tooLong("the URL", RequestPlan.MAX_URL));
      }
      path = output.text().toString();
    }
    var lines = new ArrayList<Header>(headers.size());
    for (HeaderPlan header : headers) {
      String value = Piece.fixed(header.value);
      if (value == null) {
        var output = new Output(values, MAX_HEADER, masked);
        if (output.leavesOut(header.optional)) {
          continue;
        }
        Rendered.Failed failed = failed(header, output, output.append(header.value));
        if (failed != null) {
          return new Made.Not<>(failed);
        }
        value = output.text().toString();
      }
      lines.add(new Header(header.name, value));
    }
    return new Made.Done<>(new Rendered.Head(path, lines));
  }

  private static Rendered.@Nullable Failed failed(
      HeaderPlan header, Output output, Piece.@Nullable Stop stop) {
    if (stop != null) {
      return stop.failed();
    }
    if (output.isTooLong()) {
      return tooLong(header.place, MAX_HEADER);
    }
    return hasBlankEnds(output.text())
        ? new Rendered.Failed(
            "",
            header.place,
            "The value of %s begins or ends with a blank, which would be lost on the way."
                .formatted(header.place))
        : null;
  }

  private static Rendered.Failed tooLong(String place, int most) {
    return new Rendered.Failed(
        "",
        place,
        "%s is longer than %,d characters."
            .formatted(place.substring(0, 1).toUpperCase(Locale.ROOT) + place.substring(1), most));
  }

  /// Whether a blank stands at the beginning or end, where receivers take it away.
  static boolean hasBlankEnds(CharSequence value) {
    return !value.isEmpty()
        && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// The whole when no delivery changes it, otherwise null.
  Rendered.@Nullable Head fixed() {
    String path = Piece.fixed(target);
    if (path == null) {
      return null;
    }
    var lines = new ArrayList<Header>(headers.size());
    for (HeaderPlan header : headers) {
      String value = Piece.fixed(header.value);
      if (value == null) {
        return null;
      }
      lines.add(new Header(header.name, value));
    }
    return new Rendered.Head(path, lines);
  }

  /// Whether a secret is written somewhere.
  boolean hasSecret() {
    return Piece.anySecret(target)
        || headers.stream().anyMatch(header -> Piece.anySecret(header.value));
  }
}
