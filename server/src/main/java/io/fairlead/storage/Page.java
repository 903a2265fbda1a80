package io.fairlead.storage;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// One page of a list.
///
/// @param rows in order
/// @param more whether there is a page after it
/// @param total how many rows the whole list has, counted up to {@link #MOST_COUNTED}
public record Page<T>(List<T> rows, boolean more, int total) {
  /// Lists are not counted further: a count costs as much as it counts.
  public static final int MOST_COUNTED = 10_000;

  public Page {
    rows = List.copyOf(rows);
  }

  /// A page from rows that were read with {@link Slice#probe}.
  public static <T> Page<T> of(List<T> probed, Slice slice, int total) {
    boolean more = probed.size() > slice.limit();
    return new Page<>(more ? probed.subList(0, slice.limit()) : probed, more, total);
  }

  /// A page of what is in memory.
  ///
  /// @param all in the order of ids
  public static <T> Page<T> ofAll(List<T> all, Slice slice, ToLongFunction<T> idOf) {
    List<T> ordered = slice.newestFirst() ? all.reversed() : all;
    List<T> probed =
        ordered.stream()
            .filter(row -> idOf.applyAsLong(row) >= slice.low())
            .filter(row -> idOf.applyAsLong(row) < slice.high())
            .limit(slice.probe())
            .toList();
    return of(probed, slice, Math.min(all.size(), MOST_COUNTED));
  }

  /// The same page of other things.
  public <U> Page<U> map(Function<? super T, ? extends U> change) {
    return new Page<>(rows.stream().<U>map(change).toList(), more, total);
  }
}
