package io.fairlead.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The show in the terminal: a row for each connector with a mark for each delivery. On a terminal
/// it is drawn over again in place; anywhere else it is plain lines, and few of them.
public final class Picture {
  private static final Duration PLAIN_PAUSE = Duration.ofSeconds(2);

  /// What a state looks like: in a terminal that knows it, in plain ASCII, and its colour.
  private record Mark(String state, String meaning, char sign, char plain, int colour) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("WAITING", "waiting", '·', '.', 90),
          new Mark("SENDING", "sending", '→', '>', 36),
          new Mark("RETRYING", "retrying", '↻', '~', 33),
          new Mark("SUCCEEDED", "succeeded", '✓', '+', 32),
          new Mark("FAILED", "failed", '✗', 'x', 31));

  private final PrintStream out;
  private final boolean isTerminal;
  private final boolean hasColours;
  private final boolean hasSigns;
  private final List<Part> parts;
  private List<String> lastRows = List.of();
  private Duration lastDrawn = Duration.ZERO.minus(PLAIN_PAUSE);
  private int linesDrawn;

  /// @param isTerminal whether lines can be drawn over
  /// @param hasColours whether a terminal may be given colours
  public Picture(PrintStream out, boolean isTerminal, boolean hasColours, List<Part> parts) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.hasColours = isTerminal && hasColours;
    this.hasSigns = out.charset().newEncoder().canEncode("·→↻✓✗");
    this.parts = List.copyOf(parts);
  }

  /// Draws how things stand.
  ///
  /// @param isLast whether it is drawn for the last time, and so in any case
  public void draw(List<SeenDelivery> deliveries, Duration since, boolean isLast) {
    if (isTerminal) {
      drawOver(deliveries, since);
    } else if (isLast || since.minus(lastDrawn).compareTo(PLAIN_PAUSE) >= 0) {
      drawBelow(deliveries, since);
    }
  }

  private void drawOver(List<SeenDelivery> deliveries, Duration since) {
    var lines = new ArrayList<String>();
    for (Part part : parts) {
      lines.add("  %-8s %-22s %s".formatted(part.name(), part.temper(), marks(deliveries, part)));
    }
    lines.add("");
    lines.add("  " + legend() + "   " + seconds(since));
    var frame = new StringBuilder();
    if (linesDrawn > 0) {
      frame.append("\033[").append(linesDrawn).append('F');
    }
    for (String line : lines) {
      frame.append(line).append("\033[K\n");
    }
    linesDrawn = lines.size();
    out.print(frame);
    out.flush();
  }

  private void drawBelow(List<SeenDelivery> deliveries, Duration since) {
    if (lastRows.isEmpty()) {
      out.println("  " + legend());
    }
    var rows = new ArrayList<String>();
    for (Part part : parts) {
      rows.add("%-8s %s".formatted(part.name(), marks(deliveries, part)));
    }
    for (String row : rows) {
      if (!lastRows.contains(row) && !deliveries.isEmpty()) {
        out.println("  %7s  %s".formatted(seconds(since), row));
      }
    }
    lastRows = rows;
    lastDrawn = since;
    out.flush();
  }

  private String legend() {
    return MARKS.stream()
        .map(mark -> sign(mark) + " " + mark.meaning())
        .collect(Collectors.joining("  "));
  }

  private String marks(List<SeenDelivery> deliveries, Part part) {
    return deliveries.stream()
        .filter(delivery -> delivery.connector().equals(part.name()))
        .map(delivery -> sign(delivery.state()))
        .collect(Collectors.joining());
  }

  private String sign(String state) {
    for (Mark mark : MARKS) {
      if (mark.state().equals(state)) {
        return sign(mark);
      }
    }
    return "?";
  }

  private String sign(Mark mark) {
    String sign = String.valueOf(hasSigns ? mark.sign() : mark.plain());
    return hasColours ? "\033[" + mark.colour() + "m" + sign + "\033[0m" : sign;
  }

  private static String seconds(Duration since) {
    return String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
  }

  /// Prints what it came to, a row for each connector.
  public void table(List<SeenDelivery> deliveries) {
    String row = "  %-9s %-22s %9s %8s %6s %8s  %11s%n";
    out.printf(
        row,
        "connector",
        "the third party",
        "succeeded",
        "retrying",
        "failed",
        "attempts",
        "median time");
    for (Part part : parts) {
      List<SeenDelivery> own =
          deliveries.stream().filter(d -> d.connector().equals(part.name())).toList();
      Map<String, Long> states =
          own.stream().collect(Collectors.groupingBy(SeenDelivery::state, Collectors.counting()));
      out.printf(
          row,
          part.name(),
          part.temper(),
          states.getOrDefault("SUCCEEDED", 0L),
          states.getOrDefault("RETRYING", 0L),
          states.getOrDefault("FAILED", 0L),
          own.stream().mapToInt(SeenDelivery::attempts).sum(),
          median(own));
    }
  }

  private static String median(List<SeenDelivery> deliveries) {
    List<Long> times =
        deliveries.stream().map(SeenDelivery::millis).filter(m -> m != null).sorted().toList();
    return times.isEmpty() ? "-" : "%,d ms".formatted(times.get(times.size() / 2));
  }
}
