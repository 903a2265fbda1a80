package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.base.Times;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Links that run a command, as a "VIEW" button follows them.
@DisplayName("Following a link")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinkTest {
  private static final byte[] PDF = "%PDF-1.7\nan invoice".getBytes(StandardCharsets.ISO_8859_1);
  private static final String PAGE = "text/html,application/xhtml+xml,*/*;q=0.8";

  private final HandClock clock = new HandClock(1_790_000_000_000L);
  private RunBench bench;
  private HubClient anybody;

  @BeforeAll
  void start() {
    bench = RunBench.open(Dialect.SQLITE, clock);
    anybody = bench.client.withKey(null);
    bench.party.on("/i/INV", Answer.status(200).body("application/pdf", PDF));
    bench.party.on("/i/none", Answer.status(404));
  }

  @BeforeEach
  void bind() {
    bench.bind("GetInvoiceImage", "/i/{{InvoiceNumber}}");
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private HubClient.Answer made(String number, String more) {
    return bench.client.post(
        "/v1/commands/GetInvoiceImage/links",
        "{\"inputs\":{\"InvoiceNumber\":\"%s\"}%s}".formatted(number, more));
  }

  private String link(String number) {
    HubClient.Answer answer = made(number, ",\"expiresIn\":\"10m\"");
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("url").asString();
  }

  @Test
  void bringsTheDocumentToWhoeverHasIt() {
    String link = link("INV");
    assertThat(link).startsWith("/links/").doesNotContain("INV");
    HubClient.Answer answer = anybody.with("Accept", PAGE).get(link);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PDF);
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox");
    JsonNode run = bench.logged(answer);
    assertThat(run.at("/askedBy/by").asString()).isEqualTo("link");
    assertThat(run.at("/askedBy/name").asString()).isEqualTo("operator");
  }

  @Test
  void worksAgainUntilItsTimeIsOver() {
    String link = link("INV");
    assertThat(anybody.get(link).status()).isEqualTo(200);
    assertThat(anybody.get(link).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(10));
    HubClient.Answer late = anybody.get(link);
    assertThat(late.status()).isEqualTo(410);
    assertThat(late.json().get("type").asString()).endsWith("/link-expired");
  }

  @Test
  void saysWhenItsTimeIsOver() {
    assertThat(made("INV", ",\"expiresIn\":\"720h\"").json().get("expiresAt").asString())
        .isEqualTo(Times.text(clock.millis() + 30L * 24 * 3_600_000));
    assertThat(made("INV", "").json().get("expiresAt").asString())
        .isEqualTo(Times.text(clock.millis() + 3_600_000));
    assertThat(made("INV", ",\"expiresIn\":\"721h\"").status()).isEqualTo(400);
    assertThat(made("INV", ",\"expiresIn\":\"0s\"").status()).isEqualTo(400);
  }

  @Test
  void givesPeopleAPageAndProgramsAProblem() {
    String link = link("none");
    HubClient.Answer problem = anybody.get(link);
    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.json().get("type").asString()).endsWith("/nothing-found");
    HubClient.Answer page = anybody.with("Accept", PAGE).get(link);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.text()).contains("has no such thing").doesNotContain("<script");
  }

  @Test
  void aPageShowsNothingOfTheThirdPartysAsMarkup() {
    bench.party.on(
        "/i/evil", Answer.status(200).body("text/<b>x", "x".getBytes(StandardCharsets.UTF_8)));
    HubClient.Answer page = anybody.with("Accept", PAGE).get(link("evil"));
    assertThat(page.status()).isEqualTo(502);
    assertThat(page.text()).doesNotContain("<b>");
  }

  @ParameterizedTest
  @CsvSource({"/links/x", "/links/AAAA", "/links/%2e%2e", "/links/..%2f"})
  void whatIsNoLinkIsA404(String path) {
    assertThat(anybody.get(path).status()).isEqualTo(404);
    HubClient.Answer page = anybody.with("Accept", PAGE).get(path);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).startsWith("text/html");
  }

  @Test
  void onlyWhatReadsMayBeLinked() {
    String link = link("INV");
    bench.bindTo(
        "GetInvoiceImage",
        """
        "targets":[{"method":"GET","url":"%s"},{"name":"b","method":"POST","url":"%s"}]
        """
            .formatted(bench.party.url("/i/INV"), bench.party.url("/post")));
    HubClient.Answer refused = made("INV", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString()).contains("b is asked with POST, not GET");
    int before = bench.party.received().size();
    assertThat(anybody.get(link).status()).as("when it is followed too").isEqualTo(409);
    assertThat(bench.party.received()).hasSize(before);
  }

  @Test
  void itsInputsAreCheckedWhenItIsMade() {
    assertThat(
            bench
                .client
                .post("/v1/commands/GetInvoiceImage/links", "{\"inputs\":{\"Number\":\"1\"}}")
                .status())
        .isEqualTo(422);
    HubClient.Answer large = made("x".repeat(2_001), "");
    assertThat(large.status()).isEqualTo(400);
    assertThat(large.faults()).containsExactly("/inputs");
    String longest = "x".repeat(1_900);
    bench.party.on("/i/" + longest, Answer.status(200).body("application/pdf", PDF));
    assertThat(anybody.get(link(longest)).status()).isEqualTo(200);
  }

  @Test
  void needsTheRoleThatARunNeeds() {
    for (String role : new String[] {"viewer", "ingest"}) {
      String key =
          bench
              .client
              .post("/v1/api-keys", "{\"name\":\"k\",\"role\":\"" + role + "\"}")
              .json()
              .get("key")
              .asString();
      HubClient.Answer made =
          bench
              .client
              .withKey(key)
              .post(
                  "/v1/commands/GetInvoiceImage/links", "{\"inputs\":{\"InvoiceNumber\":\"INV\"}}");
      assertThat(made.status()).isEqualTo(role.equals("viewer") ? 403 : 201);
    }
  }

  @Test
  void endsWithTheBinding() {
    String link = link("INV");
    var _ = bench.client.delete("/v1/commands/GetInvoiceImage/binding");
    assertThat(anybody.get(link).status()).isEqualTo(409);
  }
}
