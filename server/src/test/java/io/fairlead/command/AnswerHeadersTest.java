package io.fairlead.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import io.fairlead.http.HeaderRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The headers of a stranger's content")
final class AnswerHeadersTest {
  private static final List<String> PARTS = List.of("GetInvoiceImage", "INV0000001");
  private static final String RUN = "run_0000000000000";

  private static FileName named(@Nullable String disposition) {
    return FileName.of(disposition, PARTS, "application/pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          attachment; filename="invoice.pdf"                        ~ invoice.pdf
          inline;filename=invoice.pdf                               ~ invoice.pdf
          inline                                                    ~ GetInvoiceImage-INV0000001.pdf
          attachment; filename="../../etc/passwd"                   ~ passwd.pdf
          attachment; filename="setup.exe"                          ~ setup.exe.pdf
          attachment; filename=".htaccess"                          ~ htaccess.pdf
          attachment; filename="a\\"b.pdf"                          ~ a_b.pdf
          attachment; filename="con.pdf"                            ~ file-con.pdf
          attachment; filename="..."                                ~ GetInvoiceImage-INV0000001.pdf
          attachment; filename*=UTF-8''Re%C3%A7u%20n%C2%BA1.pdf     ~ Reçu nº1.pdf
          attachment; filename="x.pdf"; filename*=utf-8''y.pdf      ~ y.pdf
          attachment; filename="x.pdf"; filename*=utf-8''%ff%fe     ~ x.pdf
          attachment; filename*=iso-8859-1'en'Re%E7u.pdf            ~ Reçu.pdf
          attachment; filename="ReÃ§u.pdf"                          ~ Reçu.pdf
          attachment; filename*=UTF-8''a%E2%80%AEfdp.exe            ~ a_fdp.exe.pdf
          attachment; filename*=UTF-8''a%0d%0aSet-Cookie:b=1.pdf    ~ a_Set-Cookie_b=1.pdf
          attachment; filename="%2e%2e%2fx.pdf"                     ~ 2e_2e_2fx.pdf
          """)
  void aNameIsKeptAsFarAsItIsHarmless(String disposition, String name) {
    assertThat(named(disposition).text()).isEqualTo(name);
  }

  @Test
  void aPathIsNoName() {
    assertThat(named("attachment; filename=\"C:\\\\temp\\\\a.pdf\"").text()).isEqualTo("a.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;;;",
        "attachment; filename=",
        "attachment; filename=\"",
        "attachment; filename=\"\\",
        "attachment; filename*=",
        "attachment; filename*=utf-8''%",
        "attachment; filename*=utf-8''%zz",
        "attachment; filename=\"\u0000\u0001\u007f\"",
      })
  void nonsenseGivesTheHubsOwnName(String disposition) {
    assertThat(named(disposition).text()).isEqualTo("GetInvoiceImage-INV0000001.pdf");
  }

  @Test
  void aNameIsShortAndItsHeaderOneLineOfAscii() {
    for (String text : List.of("a".repeat(5_000), "😀".repeat(200), "ü\r\nX: y", "\"; a=\"b")) {
      for (FileName name :
          List.of(
              named("inline; filename=\"" + text + "\""),
              FileName.of(null, List.of("Get", text), "application/pdf"))) {
        assertThat(name.text()).hasSizeLessThan(151).endsWith(".pdf");
        String header = name.disposition("inline");
        assertThat(HeaderRules.isValue(header)).as(header).isTrue();
        assertThat(header).startsWith("inline; filename=\"").matches("[ -~]*");
        assertThat(header.chars().filter(c -> c == '"').count()).isEqualTo(2);
      }
    }
  }

  @Test
  void aNameBeyondAsciiIsGivenTwice() {
    assertThat(FileName.of(null, List.of("Reçu", "№ 1"), "image/jpeg").disposition("inline"))
        .isEqualTo(
            "inline; filename=\"Re_u-_ 1.jpg\"; filename*=UTF-8''Re%C3%A7u-%E2%84%96%201.jpg");
  }

  @Test
  void whatABrowserRunsIsOnlySaved() {
    for (String type :
        List.of("text/html", "image/svg+xml", "application/xml", "text/xml", "application/zip")) {
      assertThat(disposition(type)).startsWith("attachment; ");
    }
    for (String type : List.of("application/pdf", "image/png", "text/plain")) {
      assertThat(disposition(type)).startsWith("inline; ");
    }
  }

  private static String disposition(String type) {
    FileName name = FileName.of(null, PARTS, type);
    return String.valueOf(
        Header.first(AnswerHeaders.document(type, null, name, RUN), "Content-Disposition"));
  }

  @Test
  void everyAnswerIsGuarded() {
    FileName name = named(null);
    for (List<Header> headers :
        List.of(
            AnswerHeaders.document("application/pdf", "application/pdf", name, RUN),
            AnswerHeaders.json(name, RUN),
            AnswerHeaders.nothing(RUN))) {
      assertThat(headers)
          .contains(
              new Header("X-Content-Type-Options", "nosniff"),
              new Header("Content-Security-Policy", "sandbox"),
              new Header("Cache-Control", "private, no-store"),
              new Header("Fairlead-Run", RUN));
    }
  }

  @Test
  void aTextKeepsItsCharsetIfThereIsSuchAOne() {
    assertThat(contentType("text/csv", "text/csv; charset=\"windows-1252\""))
        .isEqualTo("text/csv; charset=windows-1252");
    assertThat(contentType("text/csv", "text/csv; charset=none-such")).isEqualTo("text/csv");
    assertThat(contentType("application/pdf", "application/pdf; charset=utf-8"))
        .isEqualTo("application/pdf");
  }

  private static @Nullable String contentType(String type, String header) {
    return Header.first(AnswerHeaders.document(type, header, named(null), RUN), "Content-Type");
  }
}
