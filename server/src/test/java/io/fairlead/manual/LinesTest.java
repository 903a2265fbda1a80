package io.fairlead.manual;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Which lines of manuals 0, 1 and 4 are walked in a browser: each is named by the test that does
/// so.
final class LinesTest {
  private static final Pattern LINE = Pattern.compile("\\b[0-4]-[0-9]{2}\\b");

  /// The vendor that posts to us, which is no page of the console.
  private static final String INBOUND = "1-13";

  private static Stream<String> lines(int manual, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(n -> "%d-%02d".formatted(manual, n));
  }

  private static SortedSet<String> named() {
    return new ClassFileImporter()
        .importPackages("io.fairlead.manual", "io.fairlead.console").stream()
            .filter(one ->
                one.getSimpleName().endsWith("ScreenTest")
                    || one.getPackageName().endsWith(".console"))
            .flatMap(one -> one.getMethods().stream())
            .flatMap(method -> name(method).stream())
            .flatMap(name -> LINE.matcher(name).results().map(MatchResult::group))
            .collect(toCollection(TreeSet::new));
  }

  private static Optional<String> name(JavaMethod method) {
    return method.tryGetAnnotationOfType(DisplayName.class).map(DisplayName::value);
  }

  @Test
  @DisplayName("every line of manuals 0, 1 and 4 is walked in a browser")
  void everyLineIsWalked() {
    var wanted = new TreeSet<String>();
    Stream.of(lines(0, 34), lines(1, 39), lines(4, 24))
        .flatMap(all -> all)
        .filter(line -> !line.equals(INBOUND))
        .forEach(wanted::add);
    wanted.removeAll(named());
    assertThat(wanted).as("lines that no test of a screen names").isEmpty();
  }
}
