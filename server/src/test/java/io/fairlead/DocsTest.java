package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Reply;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs what the pages of `docs/` show, each page from top to bottom on a hub of its own.
///
/// - A fence of `http` is a request: its first line, headers, an empty line, the body. One word
///   after `http` names the answer, and `<name.member>` in a later request stands for what was in
///   it.
/// - A fence of `json` right after it is what the answer holds at least: members that are not shown
///   are not looked at, and `"…"` stands for any value. Without one the answer is a 2xx; with `json
///   409` it has that status. What a GET shows is waited for, since deliveries take a moment.
/// - A fence of `http answer /path` is how the third party at `http://127.0.0.1:9000` answers from
///   then on: the status, headers, an empty line, the body.
final class DocsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String THIRD_PARTY = "http://127.0.0.1:9000";
  private static final Pattern FENCE =
      Pattern.compile("^```(\\w+)([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern STORED = Pattern.compile("<(\\w+)((?:\\.\\w+)+)>");

  private record Fence(String language, String info, String text, int line) {}

  @TestFactory
  Stream<DynamicTest> whatThePagesShowIsSo() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("..", "docs"))) {
      return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream()
          .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> run(page)));
    }
  }

  private static void run(Path page) throws IOException {
    List<Fence> fences = fences(Files.readString(page));
    try (ThirdParty party = ThirdParty.open();
        TestHub hub = TestHub.start(Dialect.SQLITE)) {
      new Reader(page, fences, party, hub.client()).run();
    }
  }

  private static List<Fence> fences(String text) {
    return FENCE
        .matcher(text)
        .results()
        .map(found ->
            new Fence(
                found.group(1),
                found.group(2).strip(),
                found.group(3),
                (int) text.substring(0, found.start()).lines().count() + 1))
        .toList();
  }

  /// One page being followed.
  private static final class Reader {
    private final Path page;
    private final List<Fence> fences;
    private final ThirdParty party;
    private final HubClient hub;
    private final Map<String, JsonNode> answers = new HashMap<>();

    Reader(Path page, List<Fence> fences, ThirdParty party, HubClient hub) {
      this.page = page;
      this.fences = fences;
      this.party = party;
      this.hub = hub;
    }

    void run() {
      for (int i = 0; i < fences.size(); i++) {
        Fence fence = fences.get(i);
        if (fence.language.equals("http") && fence.info.startsWith("answer ")) {
          script(fence);
        } else if (fence.language.equals("http")) {
          Fence next = i + 1 < fences.size() ? fences.get(i + 1) : null;
          request(fence, next != null && next.language.equals("json") ? next : null);
        }
      }
    }

    private void script(Fence fence) {
      Message message = Message.of(fence.text);
      var reply = new Reply(Integer.parseInt(message.first.strip(), 10), List.of(), new byte[0]);
      String type = "text/plain";
      for (String header : message.headers) {
        String[] parts = header.split(": *", 2);
        if (parts[0].equalsIgnoreCase("Content-Type")) {
          type = parts[1];
        } else {
          reply = reply.header(parts[0], parts[1]);
        }
      }
      byte[] body = message.body.strip().getBytes(StandardCharsets.UTF_8);
      party.on(fence.info.substring("answer ".length()).strip(), reply.body(type, body));
    }

    private void request(Fence fence, @Nullable Fence shown) {
      Message message = Message.of(filled(fence.text));
      String[] line = message.first.split(" ");
      String type = "application/json";
      HubClient client = hub;
      for (String header : message.headers) {
        String[] parts = header.split(": *", 2);
        if (parts[0].equalsIgnoreCase("Content-Type")) {
          type = parts[1];
        } else {
          client = client.with(parts[0], parts[1]);
        }
      }
      byte[] body = message.body.strip().getBytes(StandardCharsets.UTF_8);
      String contentType = body.length == 0 ? null : type;
      HubClient caller = client;
      Supplier<HubClient.Answer> call = () -> caller.send(line[0], line[1], contentType, body);
      HubClient.Answer answer =
          line[0].equals("GET") && shown != null ? awaited(call, shown) : call.get();
      String where = "%s, line %d: %s%n%s".formatted(page, fence.line, message.first, answer);
      String status = shown == null ? "" : shown.info;
      if (status.isEmpty()) {
        assertThat(answer.status()).as(where).isBetween(200, 299);
      } else {
        assertThat(answer.status()).as(where).isEqualTo(Integer.parseInt(status, 10));
      }
      if (!fence.info.isEmpty()) {
        answers.put(fence.info, answer.json());
      }
      if (shown != null) {
        var faults = new ArrayList<String>();
        compare("", JSON.readTree(filled(shown.text)), answer.json(), faults);
        assertThat(faults).as(where).isEmpty();
      }
    }

    private HubClient.Answer awaited(Supplier<HubClient.Answer> call, Fence shown) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      JsonNode expected = JSON.readTree(filled(shown.text));
      HubClient.Answer answer = call.get();
      while (System.nanoTime() < end) {
        var faults = new ArrayList<String>();
        compare("", expected, answer.json(), faults);
        if (faults.isEmpty()) {
          return answer;
        }
        pause();
        answer = call.get();
      }
      return answer;
    }

    private static void pause() {
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private String filled(String text) {
      return STORED
          .matcher(text.replace(THIRD_PARTY, party.url("")))
          .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(stored(found)));
    }

    private String stored(MatchResult found) {
      JsonNode answer = answers.get(found.group(1));
      if (answer == null) {
        throw new AssertionError("%s: nothing is named %s".formatted(page, found.group()));
      }
      return answer.at(found.group(2).replace('.', '/')).asString();
    }

    private static void compare(String at, JsonNode shown, JsonNode real, List<String> faults) {
      if (shown.isString() && shown.asString().equals("…")) {
        if (real.isMissingNode()) {
          faults.add(at + " is missing");
        }
      } else if (shown.isObject()) {
        shown
            .properties()
            .forEach(member ->
                compare(
                    at + "/" + member.getKey(),
                    member.getValue(),
                    real.path(member.getKey()),
                    faults));
      } else if (shown.isArray() && shown.size() == real.size()) {
        for (int i = 0; i < shown.size(); i++) {
          compare(at + "/" + i, shown.get(i), real.get(i), faults);
        }
      } else if (!shown.equals(real)) {
        faults.add("%s is %s, not %s".formatted(at, real, shown));
      }
    }
  }

  /// A first line, headers, and a body after an empty line.
  private record Message(String first, List<String> headers, String body) {
    static Message of(String text) {
      int empty = text.indexOf("\n\n");
      List<String> head = (empty < 0 ? text : text.substring(0, empty)).lines().toList();
      return new Message(
          head.getFirst(),
          head.subList(1, head.size()),
          empty < 0 ? "" : text.substring(empty + 2));
    }
  }
}
