package io.fairlead.storage;

import java.util.function.Consumer;

/// The database as the nouns see it: read, and change.
public final class Database {
  private final Store store;
  private final Readers readers;
  private final Writer<?, ?> writer;

  /// @param writer also makes the changes
  public Database(Store store, Readers readers, Writer<?, ?> writer) {
    this.store = store;
    this.readers = readers;
    this.writer = writer;
  }

  /// Which database it is.
  public Dialect dialect() {
    return store.dialect();
  }

  /// Reads and waits for the result. Not for event loops.
  ///
  /// @throws StoreUnavailable when the database can't be read now
  public <T> T read(Sql<T> work) {
    return readers.read(work);
  }

  /// Reads and gives the result, or the failure, to a callback on a reader's thread.
  public <T> void readAsync(Sql<T> work, Consumer<T> result, Consumer<RuntimeException> failure) {
    readers.readAsync(work, result, failure);
  }

  /// Makes a change in one transaction and waits for its commit. Not for event loops. What the work
  /// throws rolls the transaction back and is thrown to the caller.
  ///
  /// @throws StoreUnavailable when the database can't be written now
  public <T> T write(Sql<T> work) {
    return writer.write(work, committed -> {});
  }

  /// The same; `committed` runs on the writer's thread right after the commit and before anything
  /// later is written, which makes a change visible to every later event.
  public <T> T write(Sql<T> work, Consumer<T> committed) {
    return writer.write(work, committed);
  }
}
