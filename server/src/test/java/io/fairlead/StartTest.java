package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.storage.Dialect;
import io.fairlead.storage.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the hub refuses to start on: each is told in a sentence, without a stack trace, and the
/// process ends with status 1.
final class StartTest {
  @TempDir private Path folder;

  private static void assertRefused(Map<String, String> settings, String... said) {
    try (var hub = HubProcess.start(settings)) {
      assertThat(hub.awaitExit()).as(hub.output()).isEqualTo(1);
      assertThat(hub.output())
          .contains(said)
          .contains("fairlead: ")
          .doesNotContain("\tat ", "listening");
    }
  }

  private Map<String, String> settings(@Nullable String databaseUrl) {
    return HubProcess.settings(folder.resolve("data"), databaseUrl);
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private @Nullable String newDatabase(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> null;
      case POSTGRESQL -> TestStores.newPostgresql();
    };
  }

  private void startOnceInOrder(Map<String, String> settings) {
    try (var hub = HubProcess.start(settings).awaitReady()) {
      hub.terminate();
      assertThat(hub.awaitExit()).as(hub.output()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aDatabaseOfANewerVersion(Dialect dialect) throws SQLException {
    String url = newDatabase(dialect);
    startOnceInOrder(settings(url));
    execute(
        url == null ? "jdbc:sqlite:" + folder.resolve("data/fairlead.db") : url,
        """
        INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
          installed_by, execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'a newer hub', 1, true)
        """);
    assertRefused(settings(url), "newer version of Fairlead");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anotherEncryptionKey(Dialect dialect) {
    Map<String, String> settings = settings(newDatabase(dialect));
    startOnceInOrder(settings);
    settings.put("FAIRLEAD_ENCRYPTION_KEY", "another encryption key");
    assertRefused(settings, "The encryption key is not the one");
  }

  @Test
  void aSecondHubOnADataFolder() {
    try (var _ = HubProcess.start(settings(null)).awaitReady()) {
      assertRefused(settings(null), "Another hub runs on the data folder", "FAIRLEAD_DATA");
    }
  }

  /// It used to start, and to send what the first hub was sending.
  @Test
  void aSecondHubOnAPostgresqlDatabase() {
    String url = TestStores.newPostgresql();
    try (var _ = HubProcess.start(settings(url)).awaitReady()) {
      assertRefused(
          HubProcess.settings(folder.resolve("other"), url),
          "Another hub runs on this PostgreSQL database");
    }
  }

  @Test
  void aPostgresqlThatDoesNotSync(@TempDir Path database) throws IOException {
    try (EmbeddedPostgres server = TestStores.start(0, database, false)) {
      assertRefused(
          settings(server.getJdbcUrl("postgres", "postgres")), "PostgreSQL runs with fsync = off");
    }
    assertRefused(
        settings(TestStores.newPostgresql() + "&options=-c%20synchronous_commit=off"),
        "PostgreSQL runs with synchronous_commit = off");
  }

  @Test
  void aPostgresqlThatIsNotThere() {
    assertRefused(
        settings("jdbc:postgresql://127.0.0.1:1/fairlead?user=u&password=the-pass-word"),
        "The database can't be opened");
  }

  @Test
  void anUrlThatIsNone() {
    var settings = settings("jdbc:postgresql://host:port/x?password=the-pass-word");
    assertRefused(settings, "FAIRLEAD_DATABASE");
    try (var hub = HubProcess.start(settings)) {
      assertThat(hub.awaitExit()).isEqualTo(1);
      assertThat(hub.output()).doesNotContain("the-pass-word");
    }
  }

  @Test
  void aDataFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertRefused(HubProcess.settings(file.resolve("data"), null), "The data folder", "can't be");
    assertRefused(HubProcess.settings(file, null), "The data folder", "can't be");
  }

  @Test
  void aDatabaseFileThatIsNone() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/fairlead.db"), "not a database ".repeat(1_000));
    assertRefused(settings(null), "The database can't be opened");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var settings = settings(null);
      settings.put("FAIRLEAD_PORT", Integer.toString(taken.getLocalPort()));
      assertRefused(settings, Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void aSettingThatThereIsNot() {
    var settings = settings(null);
    settings.put("FAIRLEAD_DATABSE", "jdbc:postgresql://localhost/x");
    assertRefused(settings, "FAIRLEAD_DATABSE", "did you mean FAIRLEAD_DATABASE?");
  }
}
