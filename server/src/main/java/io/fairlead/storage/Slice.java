package io.fairlead.storage;

/// Which part of a list to read. Lists are in the order of their ids, which is the order of
/// creation, so a time range and a place to go on from are both bounds of the id.
///
/// @param from the lowest id of the list, inclusive
/// @param to the end of the list, exclusive
/// @param after the last id of the page before, or -1 for the first page
/// @param newestFirst the order
/// @param limit how many rows at most
public record Slice(long from, long to, long after, boolean newestFirst, int limit) {
  /// Everything, newest first.
  public static Slice first(int limit) {
    return new Slice(0, Long.MAX_VALUE, -1, true, limit);
  }

  /// The lowest id of this page, inclusive.
  public long low() {
    return after < 0 || newestFirst ? from : Math.max(from, after + 1);
  }

  /// The end of this page, exclusive.
  public long high() {
    return after >= 0 && newestFirst ? Math.min(to, after) : to;
  }

  /// The order as SQL has it.
  public String order() {
    return newestFirst ? "DESC" : "ASC";
  }

  /// One row more than the page has, which tells whether there is a next page.
  public int probe() {
    return limit + 1;
  }
}
