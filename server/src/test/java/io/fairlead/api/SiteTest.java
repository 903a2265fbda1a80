package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.TestHub;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The console's files, as a browser gets them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SiteTest {
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final HttpClient browser = HttpClient.newHttpClient();

  @BeforeAll
  void theConsoleIsBuilt() {
    assumeTrue(
        SiteTest.class.getResource("site/files.txt") != null, "the build has left the console out");
  }

  @AfterAll
  void stop() {
    browser.close();
    hub.close();
  }

  private HttpResponse<byte[]> get(String path, String accept, String coding)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.hub().port() + path))
            .header("Accept", accept)
            .header("Accept-Encoding", coding)
            .build();
    return browser.send(request, BodyHandlers.ofByteArray());
  }

  private String page(String path) throws IOException, InterruptedException {
    var answer = get(path, BROWSER, "identity");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void everyAddressOfTheConsoleIsThePageThatBeginsIt() throws Exception {
    assertThat(page("/connectors/con_0pmya7gh80400"))
        .isEqualTo(page("/"))
        .contains("<div id=\"root\">");
  }

  @Test
  void thePageIsAskedForAgainAndItsFilesAreKept() throws Exception {
    Matcher script = SCRIPT.matcher(page("/"));
    assertThat(script.find()).isTrue();
    var file = get(script.group(1), "*/*", "identity");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(header(file, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(file, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(get("/", BROWSER, "identity"), "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void filesComeCompressedAsTheBrowserTakesThem() throws Exception {
    Matcher script = SCRIPT.matcher(page("/"));
    assertThat(script.find()).isTrue();
    int plain = get(script.group(1), "*/*", "identity").body().length;
    for (String[] one :
        new String[][] {
          {"gzip, deflate, br", "br"}, {"gzip, deflate", "gzip"}, {"br;q=0, gzip;q=0.5", "gzip"}
        }) {
      var answer = get(script.group(1), "*/*", one[0]);
      assertThat(header(answer, "Content-Encoding")).as(one[0]).isEqualTo(one[1]);
      assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(answer.body().length).isLessThan(plain / 2);
    }
  }

  @Test
  void noScriptButTheBuiltOnesRunsAndNobodyMayFrameIt() throws Exception {
    var answer = get("/", BROWSER, "identity");
    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("http");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page("/")).doesNotContain("<script>").doesNotContain("http://", "https://");
  }

  @Test
  void whatIsNotThereIsNotAPage() throws Exception {
    for (String path :
        new String[] {
          "/v1/nothing", "/v1", "/assets/gone-1234.js", "/links", "/hooks/x", "/openapi.json"
        }) {
      assertThat(get(path, BROWSER, "identity").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get("/nothing", "application/json", "identity").statusCode()).isEqualTo(404);
    assertThat(get("/assets/../index.html", "*/*", "identity").statusCode()).isEqualTo(404);
  }
}
