package io.fairlead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts that break what does not escape them.
final class HostileTexts {
  private static final String[] SEEDS = {
    "",
    ".",
    "..",
    "...",
    "/",
    "\\",
    "%",
    "%2F",
    "%2e%2e",
    "+",
    " ",
    "  x",
    "x  ",
    "\t",
    "\"",
    "'",
    "\r",
    "\n",
    "\r\n",
    "\r\nX-Evil: 1",
    "\u0000",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u200d",
    "é",
    "ß",
    "日本",
    "😀",
    "👩‍👩‍👧",
    "\ud83d",
    "\ude00",
    "\ude00\ud83d",
    "{{x}}",
    "{{$secret.x}}",
    "{{",
    "}}",
    "\"}}",
    "\\\"",
    "\\u0022",
    "</script>",
    "]]>",
    "]]",
    "]",
    ">",
    "<",
    "<a>",
    "</a>",
    "&",
    "&amp;",
    "&#13;",
    "<!--",
    "<?xml?>",
    "<![CDATA[",
    "--fairlead",
    "\r\n\r\n--",
    "%0D%0A",
    "&a=b",
    "#f",
    "?q",
    ";",
    "a=b&c=d",
    "javascript:",
    "null",
    "true",
    "1.10",
    "1e999",
    "{\"a\":1}",
    "[",
    "\",\"b\":\"",
    "\uffff",
    "\u0080"
  };

  private HostileTexts() {}

  /// The texts themselves, among others, and what comes of them at random.
  static List<String> values(Random random) {
    var values = new ArrayList<>(List.of(SEEDS));
    for (String seed : SEEDS) {
      values.add("a" + seed);
      values.add(seed + "b");
      values.add("a" + seed + "b" + seed);
    }
    for (int i = 0; i < 400; i++) {
      var value = new StringBuilder();
      int length = random.nextInt(12);
      for (int k = 0; k < length; k++) {
        switch (random.nextInt(5)) {
          case 0 -> value.append(SEEDS[random.nextInt(SEEDS.length)]);
          case 1 -> value.append((char) random.nextInt(0x80));
          case 2 -> value.append((char) random.nextInt(0x10000));
          case 3 -> value.appendCodePoint(random.nextInt(0x110000));
          default -> value.append((char) ('a' + random.nextInt(26)));
        }
      }
      values.add(value.toString());
    }
    return values;
  }
}
