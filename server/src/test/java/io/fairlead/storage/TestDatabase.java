package io.fairlead.storage;

import io.fairlead.base.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/// An empty database with its readers and its writer, for tests of what reads and changes rows. A
/// contract test is a `@ParameterizedClass` over {@link Dialect}.
public final class TestDatabase implements AutoCloseable {
  private final Store store;
  private final Readers readers;
  private final Writer<Object, Object> writer;
  private final Database database;

  private TestDatabase(Store store, Clock clock) {
    this.store = store;
    this.readers = new Readers(store, 2);
    this.writer =
        new Writer<>(
            store,
            (connection, items) -> List.copyOf(items),
            new Writer.Limits(100, 1_000_000),
            clock,
            new SimpleMeterRegistry());
    this.database = new Database(store, readers, writer);
    writer.start(written -> {}, () -> {});
  }

  /// Opens a new one.
  public static TestDatabase open(Dialect dialect, Clock clock) {
    return new TestDatabase(TestStores.open(dialect), clock);
  }

  /// As the nouns see it.
  public Database database() {
    return database;
  }

  /// Runs a statement.
  public void execute(String sql, Object... arguments) {
    var _ = database.write(handle -> handle.execute(sql, arguments));
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    store.close();
  }
}
