package io.fairlead.render;

import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// What the tokens of one attempt look into. Received data is parsed when it is asked for the first
/// time, and once. Used by one thread.
public final class Data {
  private static final JsonReader READER = new JsonReader();

  private final byte @Nullable [] received;
  private final String words;
  private @Nullable Tree tree;

  private Data(byte @Nullable [] received, @Nullable Tree tree, String words) {
    this.received = received;
    this.tree = tree;
    this.words = words;
  }

  /// The data as a tree, or why there is none.
  public sealed interface Tree {
    /// It is JSON.
    record Read(Json value) implements Tree {}

    /// It is not; the sentence says where.
    record Unreadable(String detail) implements Tree {}
  }

  /// An event's data as it was received, JSON in UTF-8; not written to.
  public static Data received(byte[] json) {
    return new Data(json, null, "the event's data");
  }

  /// A command's inputs, JSON in UTF-8; not written to.
  public static Data inputs(byte[] json) {
    return new Data(json, null, "the command's inputs");
  }

  /// An event's data that was parsed already.
  public static Data of(Json value) {
    return new Data(null, new Tree.Read(value), "the event's data");
  }

  /// What an adaptor made of an event's data.
  public static Data adapted(Json value) {
    return new Data(null, new Tree.Read(value), "the adaptor's output");
  }

  /// The tree.
  public Tree tree() {
    Tree before = tree;
    if (before != null) {
      return before;
    }
    byte[] bytes = received == null ? new byte[0] : received;
    Tree read =
        switch (READER.read(bytes)) {
          case JsonReader.Result.Read(Json value) -> new Tree.Read(value);
          case JsonReader.Result.Malformed(String detail) -> new Tree.Unreadable(detail);
        };
    tree = read;
    return read;
  }

  /// The data as JSON in UTF-8, as it was received; not to be written to.
  public byte[] json() {
    if (received != null) {
      return received;
    }
    return switch (tree()) {
      case Tree.Read(Json value) -> JsonWriter.bytes(value);
      case Tree.Unreadable unreadable -> new byte[0];
    };
  }

  /// What it is, in words that a sentence can begin or end with: `the event's data`.
  public String words() {
    return words;
  }
}
