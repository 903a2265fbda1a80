package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.UserCommand.Wanted;
import io.fairlead.api.People;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fairlead user add`, against a hub that runs.
final class UserCommandTest {
  private static final Pattern TOKEN = Pattern.compile("/setup\\?token=([A-Za-z0-9_-]{43})\\n");

  @TempDir private Path folder;

  private String run(Wanted wanted) {
    var written = new ByteArrayOutputStream();
    var out = new PrintStream(written, true, StandardCharsets.UTF_8);
    UserCommand.run(
        wanted,
        Map.of("FAIRLEAD_DATA", folder.toString(), "FAIRLEAD_OPERATOR_KEY", TestHub.OPERATOR_KEY),
        out);
    return written.toString(StandardCharsets.UTF_8);
  }

  private static String token(String printed) {
    Matcher matcher = TOKEN.matcher(printed);
    assertThat(matcher.find()).as(printed).isTrue();
    return matcher.group(1);
  }

  @Test
  void itLetsSomebodyInAndInAgain() {
    try (TestHub hub = TestHub.start(folder, null)) {
      var people = new People(hub);
      String token = token(run(new Wanted("ana@example.com", "default", "owner", true)));
      assertThat(people.setUp(token, "ana@example.com", "Ana", People.PASSWORD).status())
          .isEqualTo(201);
      assertThat(people.first().get("/v1/tenants").status()).isEqualTo(200);

      String printed = run(new Wanted("Ana@example.com", "default", "owner", false));
      assertThat(printed).contains("already");
      assertThat(
              people
                  .setUp(token(printed), "ana@example.com", "Ana", "another long password")
                  .status())
          .isEqualTo(201);
      assertThat(people.signIn("ana@example.com", "another long password").status()).isEqualTo(200);

      assertThatThrownBy(() -> run(new Wanted("ana", "default", "owner", false)))
          .isInstanceOf(Config.Wrong.class)
          .hasMessageContaining("is an email address");
      assertThatThrownBy(() -> run(new Wanted("ana@example.com", "nobody", "owner", false)))
          .hasMessageContaining("There is no tenant");
    }
    assertThatThrownBy(() -> run(new Wanted("ana@example.com", "default", "owner", false)))
        .isInstanceOf(Config.Wrong.class)
        .hasMessageContaining("No hub runs on the data folder");
  }

  @Test
  void theCommandLineIsReadInFull() {
    assertThat(Wanted.of(List.of("user", "add", "a@b.c")))
        .isEqualTo(new Wanted("a@b.c", "default", "owner", false));
    assertThat(
            Wanted.of(
                List.of(
                    "user", "add", "a@b.c", "--role", "viewer", "--tenant", "acme", "--operator")))
        .isEqualTo(new Wanted("a@b.c", "acme", "viewer", true));
    assertThat(Wanted.of(List.of("user", "add"))).isNull();
    assertThat(Wanted.of(List.of("user", "remove", "a@b.c"))).isNull();
    assertThat(Wanted.of(List.of("user", "add", "a@b.c", "--rol", "viewer"))).isNull();
    assertThat(Wanted.of(List.of("user", "add", "a@b.c", "--role", "viewr"))).isNull();
    assertThat(Wanted.of(List.of("user", "add", "a@b.c", "--tenant"))).isNull();
  }
}
