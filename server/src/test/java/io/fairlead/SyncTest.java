package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.Test;

/// A kill proves nothing about the disk, since the page cache survives it: this reads what the
/// writer's own connection is set to. `bench/README.md` says how to watch the calls of a running
/// hub.
final class SyncTest {
  @Test
  void sqliteSyncsEachCommit() {
    try (var hub = TestHub.start(Dialect.SQLITE)) {
      assertThat(setting(hub, "PRAGMA synchronous")).as("FULL").isEqualTo("2");
      assertThat(setting(hub, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(setting(hub, "PRAGMA auto_vacuum")).as("INCREMENTAL").isEqualTo("2");
    }
  }

  @Test
  void postgresqlSyncsEachCommit() {
    try (var hub = TestHub.start(Dialect.POSTGRESQL)) {
      assertThat(setting(hub, "SHOW fsync")).isEqualTo("on");
      assertThat(setting(hub, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(setting(hub, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  private static String setting(TestHub hub, String question) {
    return hub.hub()
        .database()
        .write(handle -> handle.createQuery(question).mapTo(String.class).one());
  }
}
