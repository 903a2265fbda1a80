package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigTest {
  @Test
  void nothingNeedsToBeSet() {
    Config config = Config.read(Map.of("PATH", "/bin"));
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.data()).isEqualTo(Path.of("data"));
    assertThat(config.database()).isNull();
    assertThat(config.operatorKey()).isNull();
    assertThat(config.encryptionKey()).isNull();
    assertThat(config.egressAllow()).isEmpty();
    assertThat(config.metricsOpen()).isFalse();
    assertThat(config.loops()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FAIRLEAD_PORT           | 65536              | FAIRLEAD_PORT must be a number from 0 to 65535.
          FAIRLEAD_PORT           | -1                 | FAIRLEAD_PORT must be a number from 0 to 65535.
          FAIRLEAD_PORT           | http               | FAIRLEAD_PORT must be a number from 0 to 65535.
          FAIRLEAD_PORT           | ''                 | FAIRLEAD_PORT must be a number from 0 to 65535.
          FAIRLEAD_LOOPS          | 0                  | FAIRLEAD_LOOPS must be a number from 1 to 64.
          FAIRLEAD_METRICS_OPEN   | yes                | FAIRLEAD_METRICS_OPEN must be true or false.
          FAIRLEAD_OPERATOR_KEY   | short              | FAIRLEAD_OPERATOR_KEY must have 16 characters or more.
          FAIRLEAD_ENCRYPTION_KEY | short              | FAIRLEAD_ENCRYPTION_KEY must have 16 characters or more.
          FAIRLEAD_DATABASE       | jdbc:mysql://x     | FAIRLEAD_DATABASE must be a JDBC URL that begins with jdbc:postgresql:
          FAIRLEAD_DATABASE       | jdbc:postgresql:x  | FAIRLEAD_ENCRYPTION_KEY is needed with FAIRLEAD_DATABASE
          FAIRLEAD_HSOT           | localhost          | There is no setting FAIRLEAD_HSOT; did you mean FAIRLEAD_HOST?
          FAIRLEAD_EGRESS_ALOW    | 10.0.0.0/8         | did you mean FAIRLEAD_EGRESS_ALLOW?
          FAIRLEAD_SOMETHING_ELSE | 1                  | There is no setting FAIRLEAD_SOMETHING_ELSE.
          FAIRLEAD_port           | 1                  | There is no setting FAIRLEAD_port
          """)
  void whatIsWrongIsNamed(String name, String value, String said) {
    assertThatThrownBy(() -> Config.read(Map.of(name, value)))
        .isInstanceOf(Config.Wrong.class)
        .hasMessageContaining(said);
  }

  @Test
  void whatKubernetesSetsIsPassedOver() {
    Config config =
        Config.read(
            Map.of(
                "FAIRLEAD_PORT",
                "tcp://10.0.0.7:8080",
                "FAIRLEAD_PORT_8080_TCP_ADDR",
                "10.0.0.7",
                "FAIRLEAD_SERVICE_HOST",
                "10.0.0.7",
                "FAIRLEAD_JAVA_OPTS",
                "-Xmx1g"));
    assertThat(config.port()).isEqualTo(8080);
  }

  @Test
  void aVariableWinsOverTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("fairlead.properties");
    Files.writeString(file, "host = 127.0.0.1\nport = 1\nmetrics-open = true\n");
    Config config =
        Config.read(Map.of("FAIRLEAD_CONFIG", file.toString(), "FAIRLEAD_PORT", "9000"));
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(9000);
    assertThat(config.metricsOpen()).isTrue();
  }

  @Test
  void aFileThatIsWrongIsTold(@TempDir Path folder) throws IOException {
    assertThatThrownBy(
            () -> Config.read(Map.of("FAIRLEAD_CONFIG", folder.resolve("none").toString())))
        .isInstanceOf(Config.Wrong.class)
        .hasMessageContaining("can't be read");
    Path file = Files.writeString(folder.resolve("wrong"), "prot = 1\n");
    assertThatThrownBy(() -> Config.read(Map.of("FAIRLEAD_CONFIG", file.toString())))
        .isInstanceOf(Config.Wrong.class)
        .hasMessageContaining("There is no setting prot; did you mean FAIRLEAD_PORT?");
  }

  @Test
  void secretsAreNotShown() {
    Config config =
        Config.read(
            Map.of(
                "FAIRLEAD_OPERATOR_KEY", "an operator's secret",
                "FAIRLEAD_ENCRYPTION_KEY", "an encryption secret",
                "FAIRLEAD_DATABASE", "jdbc:postgresql://h/d?password=pass"));
    assertThat(config.toString()).doesNotContain("secret", "pass");
  }
}
