package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What manual 2 says in words. The requests of the page are run by `DocsTest`.
final class Manual2DocsTest {
  @Test
  @DisplayName("2-22 the page on the one-connector API begins with where to get the token")
  void saysWhereToGetTheToken() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "one-connector.md"));
    int token = page.indexOf("\n## To get your token\n");
    int first = page.indexOf("\n## ");

    assertThat(token).isPositive().isEqualTo(first);
    assertThat(page.substring(token, page.indexOf("\n## ", token + 1)))
        .contains("POST /v1/api-keys", "\"email\": \"example@bealder.com\"");
  }
}
