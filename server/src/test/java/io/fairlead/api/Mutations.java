package io.fairlead.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes right documents wrong, or other right ones, from a seed.
final class Mutations {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "POST",
          "post",
          "30s",
          "0s",
          "03s",
          "121s",
          "2m",
          "24h",
          "25h",
          "86400s",
          "86401s",
          "a.b",
          "a.*",
          "*",
          "a*",
          "a b",
          "ä",
          "😀",
          "line\nbreak",
          "nul\u0000",
          "del\u007f",
          "nel\u0085",
          "json",
          "none",
          "form",
          "basic",
          "bearer",
          "us:er",
          "2026-03-02T10:15:03Z",
          "2026-03-02T10:15:03.123456789+14:00",
          "2026-02-30T10:15:03Z",
          "2026-03-02T24:00:00Z",
          "2026-03-02 10:15:03Z",
          "2026-03-02T10:15:03",
          "2026-03-02T10:15:03.Z",
          "2026-03-02T10:15:60Z",
          "Host",
          "content-length",
          "X-Mine",
          "X Mine",
          "https://b.example.com/",
          "ftp://b.example.com/",
          "https://user@b.example.com/",
          "https://b.example.com/#there");
  private static final List<Integer> LENGTHS = List.of(199, 200, 201, 255, 256, 1_025, 8_193);
  private static final List<String> NAMES =
      List.of(
          "nam", "Type", "active", "id", "revision", "data", "value", "eventType", "fields", "~/");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /// The document with one to three changes.
  JsonNode of(JsonNode document) {
    JsonNode changed = document.deepCopy();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      changed = change(changed);
    }
    return changed;
  }

  private JsonNode change(JsonNode root) {
    var places = new ArrayList<JsonNode>();
    collect(root, places);
    if (places.isEmpty() || random.nextInt(40) == 0) {
      return any();
    }
    switch (places.get(random.nextInt(places.size()))) {
      case ObjectNode object -> change(object);
      case ArrayNode array -> change(array);
      default -> throw new AssertionError("only these are collected");
    }
    return root;
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainer()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }

  private void change(ObjectNode object) {
    var names = new ArrayList<>(object.propertyNames());
    String name =
        names.isEmpty() || random.nextInt(6) == 0
            ? NAMES.get(random.nextInt(NAMES.size()))
            : names.get(random.nextInt(names.size()));
    if (random.nextInt(5) == 0) {
      object.remove(name);
    } else {
      object.set(name, any());
    }
  }

  private void change(ArrayNode array) {
    switch (random.nextInt(4)) {
      case 0 -> array.add(any());
      case 1 -> {
        if (!array.isEmpty()) {
          array.add(array.get(random.nextInt(array.size())).deepCopy());
        }
      }
      case 2 -> array.removeAll();
      default -> {
        if (!array.isEmpty()) {
          array.set(random.nextInt(array.size()), any());
        }
      }
    }
  }

  private JsonNode any() {
    return switch (random.nextInt(10)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> number();
      case 3 -> NODES.objectNode();
      case 4 -> NODES.arrayNode();
      case 5 -> NODES.stringNode("x".repeat(LENGTHS.get(random.nextInt(LENGTHS.size()))));
      default -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  private JsonNode number() {
    return switch (random.nextInt(5)) {
      case 0 -> NODES.numberNode(0);
      case 1 -> NODES.numberNode(1_000);
      case 2 -> NODES.numberNode(1_001);
      case 3 -> NODES.numberNode(new BigDecimal("4.0"));
      default -> NODES.numberNode(new BigDecimal("4.5"));
    };
  }
}
