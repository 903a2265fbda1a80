package io.fairlead.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.command.DocumentType.Fit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a document is")
final class DocumentTypeTest {
  private static final List<String> INVOICE =
      List.of("application/pdf", "image/png", "image/jpeg", "image/gif", "image/tiff");

  private static Fit fit(List<String> wanted, @Nullable String header, byte[] first) {
    return DocumentType.fit(new Wanted.Document(wanted, Wanted.Document.MOST_BYTES), header, first);
  }

  private static Fit fit(@Nullable String header, String first) {
    return fit(INVOICE, header, first.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/pdf,                 %PDF-1.7,                  application/pdf
          APPLICATION/PDF; name="x.pdf",   %PDF-1.7,                  application/pdf
          application/x-pdf,               %PDF-1.7,                  application/pdf
          application/octet-stream,        %PDF-1.4,                  application/pdf
          binary/octet-stream,             GIF89a...,                 image/gif
          ,                                %PDF-1.4,                  application/pdf
          nonsense,                        %PDF-1.4,                  application/pdf
          image/jpg,                       ÿØÿà....JFIF,              image/jpeg
          image/png,                       ÿØÿà....JFIF,              image/jpeg
          application/pdf,                 'junk before\n%PDF-1.4\n', application/pdf
          """)
  void isTakenAsWhatItsBytesAre(@Nullable String header, String first, String type) {
    assertThat(fit(header, first)).isEqualTo(new Fit.Fits(type));
  }

  @Test
  void anImageWithZerosIsOne() {
    assertThat(fit("image/tiff", "II*\u0000\u0008")).isEqualTo(new Fit.Fits("image/tiff"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Please log in</body></html>",
        "<!DOCTYPE html>\n<title>Error</title>",
        "  \r\n\t<!doctype HTML>",
        "<!-- made by hand --><html>",
        "\u00ef\u00bb\u00bf<html>",
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
        "<HTML>%PDF-1.7",
      })
  void aPageForPeopleIsNoDocumentWhateverItsHeaderSays(String page) {
    for (String header : List.of("application/pdf", "image/png", "application/octet-stream")) {
      assertThat(fit(header, page)).as("%s %s", header, page).isInstanceOf(Fit.Misfit.class);
    }
    assertThat(fit("application/pdf", page).toString()).contains("an HTML page");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          text/html,              %PDF-1.7
          application/pdf,        '{"error":"none"}'
          application/pdf,        PK....
          application/pdf,        nothing in particular
          application/pdf,        ''
          application/zip,        %PDF-1.7
          image/svg+xml,          '<svg xmlns="http://www.w3.org/2000/svg"/>'
          image/png,              '<svg xmlns="http://www.w3.org/2000/svg"/>'
          """)
  void headerAndBytesMustBothBeWanted(String header, String first) {
    assertThat(fit(header, first)).isInstanceOf(Fit.Misfit.class);
  }

  @Test
  void theSentenceSaysWhatCameAndWhatIsWanted() {
    assertThat(
            fit(
                List.of("application/pdf"),
                "application/pdf",
                "<html>".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Fit.Misfit(
                "What came is called application/pdf and is an HTML page by its bytes, not"
                    + " application/pdf."));
    assertThat(fit(List.of("image/*"), "text/csv", "a,b\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Fit.Misfit("What came is text/csv, not image/*."));
  }

  @Test
  void whatHasNoMarkOfItsOwnIsWhatItsHeaderSays() {
    assertThat(
            fit(
                List.of("text/csv"),
                "text/csv; charset=utf-8",
                "a,b\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Fit.Fits("text/csv"));
    String word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    assertThat(fit(List.of(word), word, "PK\u0003\u0004 more".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Fit.Fits(word));
    assertThat(fit(List.of("text/csv"), "text/csv", "<html>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Fit.Misfit.class);
  }

  @Test
  void aTypeOfTwoNamesIsWantedByEither() {
    byte[] xml = "<?xml version='1.0'?><a/>".getBytes(StandardCharsets.UTF_8);
    assertThat(fit(List.of("text/xml"), "text/xml", xml)).isEqualTo(new Fit.Fits("text/xml"));
    assertThat(fit(List.of("application/xml"), "text/xml", xml))
        .isEqualTo(new Fit.Fits("application/xml"));
    assertThat(fit(List.of("text/xml"), "text/xml", "<html>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Fit.Misfit.class);
  }

  @Test
  void aWholeKindMayBeWanted() {
    assertThat(
            fit(
                List.of("image/*"),
                "image/webp",
                "RIFF1234WEBPVP8 ".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Fit.Fits("image/webp"));
    assertThat(
            fit(
                List.of("image/*"),
                null,
                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Fit.Fits("image/svg+xml"));
  }
}
