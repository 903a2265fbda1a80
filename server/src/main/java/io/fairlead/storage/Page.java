package io.fairlead.storage;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param rows in order
/// @param more whether there is a page after it
/// @param total how many rows the whole list has, counted up to {@link #MOST_COUNTED}
/// @param looked how far was looked, where a list is looked through; null where an index gives it
public record Page<T>(List<T> rows, boolean more, int total, @Nullable Looked looked) {
  /// Lists are not counted further: a count costs as much as it counts.
  public static final int MOST_COUNTED = 10_000;

  /// How far a list was looked through.
  ///
  /// @param last the id at which this page stopped to look, from where the next one goes on; null
  ///   when the page is full or the list at its end
  /// @param totalIsLeast whether there may be more than `total`, as only the beginning was looked
  ///   at
  public record Looked(@Nullable Long last, boolean totalIsLeast) {
    /// To its end.
    public static final Looked ALL = new Looked(null, false);
  }

  public Page {
    rows = List.copyOf(rows);
  }

  /// A page of a list that an index gives.
  public Page(List<T> rows, boolean more, int total) {
    this(rows, more, total, null);
  }

  /// A page from rows that were read with {@link Slice#probe}.
  public static <T> Page<T> of(List<T> probed, Slice slice, int total) {
    boolean more = probed.size() > slice.limit();
    return new Page<>(more ? probed.subList(0, slice.limit()) : probed, more, total);
  }

  /// The same of a list that is looked through.
  ///
  /// @param reach how far this page looked
  /// @param ofTotal how far was looked for the total
  public static <T> Page<T> of(List<T> probed, Slice slice, int total, Reach reach, Reach ofTotal) {
    Page<T> page = of(probed, slice, total);
    var looked = new Looked(page.more() ? null : reach.last(), ofTotal.last() != null);
    return new Page<>(page.rows(), page.more(), total, looked);
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
    return new Page<>(rows.stream().<U>map(change).toList(), more, total, looked);
  }
}
