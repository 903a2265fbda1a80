package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Faults;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlImportTest {
  private static Imported.Made made(String command) {
    var faults = new Faults();
    Imported imported = CurlImport.read(command, "/curl", faults);
    assertThat(faults.list()).as(command).isEmpty();
    return (Imported.Made) java.util.Objects.requireNonNull(imported);
  }

  private static String draft(String command) {
    return new String(JsonWriter.bytes(made(command).connector()), StandardCharsets.UTF_8);
  }

  private static String fault(String command) {
    var faults = new Faults();
    assertThat(CurlImport.read(command, "/curl", faults)).as(command).isNull();
    assertThat(faults.list()).as(command).isNotEmpty();
    assertThat(faults.list().getFirst().at()).isEqualTo("/curl");
    return faults.list().getFirst().detail();
  }

  private static String notes(String command) {
    return String.join("\n", made(command).notes().stream().map(Note::detail).toList());
  }

  @Test
  void theIssuesOwnExample() {
    assertThat(
            draft(
                "curl -X POST 'https://a.example/items/{{Id}}' -u hub:s3 -H 'X-A: b' --json '{\"n\":1.10}'"))
        .isEqualTo(
            """
            {"name":"POST a.example/items/{{Id}}","method":"POST","url":"https://a.example/items/{{Id}}",\
            "headers":[{"name":"X-A","value":"b"},{"name":"Content-Type","value":"application/json"},\
            {"name":"Accept","value":"application/json"}],\
            "body":{"type":"json","template":"{\\"n\\":1.10}"},\
            "authorization":{"kind":"basic","username":"hub","password":"s3"}}\
            """);
  }

  @Test
  void asBrowsersCopyThem() {
    String draft =
        draft(
            """
            $ curl 'https://a.example/graphql' \\
              -H 'accept: */*' \\
              -H 'cookie: a=b' \\
              --data-raw $'{"q":"it\\'s \\u0021 \\ud83d\\ude00"}' \\
              --compressed ;\
            """
                .replace(" ;", ""));
    assertThat(draft).contains("\"method\":\"POST\"").contains("it's ! 😀");
  }

  /// What only bash would know, and what would be more than one request.
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "curl https://a.example/$ID ¦ variable",
        "curl \"https://a.example/${ID}\" ¦ variable",
        "curl https://a.example -d \"$(cat x)\" ¦ command in $(…)",
        "curl https://a.example -d \"`cat x`\" ¦ backticks",
        "curl https://a.example | jq . ¦ pipe",
        "curl https://a.example; rm x ¦ semicolon",
        "curl https://a.example && true ¦ &",
        "curl https://a.example?a=1&b=2 ¦ &",
        "curl https://a.example > out ¦ files",
        "curl https://a.example < in ¦ files",
        "(curl https://a.example) ¦ parenthesis",
        "curl https://a.example/{a,b} ¦ several words",
        "curl -d ~/x https://a.example ¦ folder",
        "curl -d 'x https://a.example ¦ close the quotes",
        "curl -d \"x https://a.example ¦ close the quotes",
        "curl -d $'x https://a.example ¦ close the quotes",
        "curl https://a.example -d ^\"x^\" ¦ Windows",
        "curl -d $'\\xff' https://a.example ¦ UTF-8",
        "curl -d $'\\0' https://a.example ¦ NUL",
        "wget https://a.example ¦ begins with curl",
        "curl ¦ Expected a URL",
        "curl -d @file https://a.example ¦ reads a file",
        "curl --data-binary @- https://a.example ¦ reads a file",
        "curl --data-urlencode name@file https://a.example ¦ reads a file",
        "curl --json @x https://a.example ¦ reads a file",
        "curl -F a=@x https://a.example ¦ reads a file",
        "curl -F 'a=<x' https://a.example ¦ reads a file",
        "curl -H @x https://a.example ¦ reads a file",
        "curl -b jar https://a.example ¦ reads a file",
        "curl -K conf https://a.example ¦ No file is read",
        "curl --config conf https://a.example ¦ No file is read",
        "curl -T up https://a.example ¦ No file is read",
        "curl https://a.example https://b.example ¦ only one request",
        "curl https://a.example --next https://b.example ¦ Only one request",
        "curl 'https://a.example/{a}' ¦ {{Name}}",
        "curl 'https://a.example/[1-3]' ¦ several requests",
        "curl 'https://a.example/a b' ¦ blanks",
        "curl -G -d 'a b' https://a.example ¦ blanks",
        "curl ftp://a.example/x ¦ http://",
        "curl file:///etc/passwd ¦ http://",
        "curl -X PURGE https://a.example ¦ PURGE",
        "curl --dta x https://a.example ¦ Did you mean \"data\"",
        "curl --data=x https://a.example ¦ the next word",
        "curl https://a.example -d ¦ value is missing",
        "curl -I -d x https://a.example ¦ -I",
        "curl -d x -F a=b https://a.example ¦ -d and -F"
      })
  void refused(String command, String part) {
    assertThat(fault(command)).contains(part).startsWith("Line 1, column ");
  }

  @Test
  void faultsHaveTheirPlace() {
    assertThat(fault("curl \\\n  -d \"$X\" https://a.example"))
        .startsWith("Line 2, column 7: The variable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "curl -L https://a.example ¦ redirects",
        "curl -sSkL https://a.example ¦ certificate",
        "curl -o x https://a.example ¦ No file is written",
        "curl -m 5 https://a.example ¦ policy.timeout",
        "curl --retry 5 https://a.example ¦ policy.retrySchedule",
        "curl -x proxy:80 https://a.example ¦ proxy",
        "curl -E cert.pem https://a.example ¦ Client certificates",
        "curl --digest -u a:b https://a.example ¦ sign in",
        "curl a.example ¦ http://",
        "curl -X GET -d a=1 https://a.example ¦ left out",
        "curl -H 'Host: b' https://a.example ¦ Host",
        "curl -H 'X-A: é' https://a.example ¦ beyond ASCII",
        "curl -H 'Content-Type: a/b' -H 'Content-Type: c/d' https://a.example ¦ once only",
        "curl -d '{\"a\":1}' https://a.example ¦ says that it is a form",
        "curl 'https://a.example/?q=\"a\"' ¦ percent-encoded",
        "curl -X post https://a.example ¦ as typed",
        "curl -u me https://a.example ¦ password",
        "curl -H 'X-Api-Key: k' https://a.example ¦ kept secret",
        "curl https://a.example/{{Id}} ¦ token",
        "curl -A '' https://a.example ¦ User-Agent"
      })
  void toldInNotes(String command, String part) {
    assertThat(notes(command)).contains(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -s -S -v -i -f --compressed --http2 --tlsv1.2 -# -N --no-progress-meter https://a.example/",
        "curl https://a.example/ -4 --keepalive-time 3 -w '%{http_code}' --ssl-reqd"
      })
  void harmless(String command) {
    assertThat(made(command).notes()).isEmpty();
  }

  @Test
  void aTokenIsNoSecretOfACredential() {
    assertThat(draft("curl -H 'Authorization: Bearer {{token}}' https://a.example/"))
        .contains("\"value\":\"Bearer {{token}}\"")
        .doesNotContain("\"kind\"");
  }

  @Test
  void tokensStayWhereDataIsEncoded() {
    assertThat(draft("curl --data-urlencode 'name=Mr {{Name}}&' https://a.example/"))
        .contains("name=Mr+{{Name}}%26");
  }

  @Test
  void hugeCommandsEndSoon() {
    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          fault("curl https://a.example" + " -s".repeat(10_000));
          fault("curl https://a.example" + " -H 'A: b'".repeat(2_000));
          fault("curl -d '" + "x".repeat(2 << 20) + "' https://a.example");
          fault("curl " + "{".repeat(1_000_000));
          made("curl -d '" + "{{".repeat(200_000) + "' https://a.example");
          made("curl -d '" + "x".repeat(900_000) + "' https://a.example");
          fault("curl " + "\"".repeat(1_000_001));
          made("curl https://a.example" + " -d a=1".repeat(2_400));
        });
  }
}
