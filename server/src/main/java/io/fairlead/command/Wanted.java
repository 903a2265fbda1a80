package io.fairlead.command;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonSchema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the answer to a command must be.
public sealed interface Wanted {
  /// A document, which goes to the caller as it comes.
  ///
  /// @param contentTypes which are right, in lower case: `application/pdf`, `image/*`
  /// @param mostBytes a larger one is broken off
  record Document(List<String> contentTypes, long mostBytes) implements Wanted {
    /// What holds where a definition says nothing: 25 MiB.
    public static final long MOST_BYTES = 25L << 20;

    public Document {
      contentTypes = List.copyOf(contentTypes);
    }

    /// Whether a media type is right.
    ///
    /// @param essence type and subtype without parameters, in lower case
    public boolean allows(String essence) {
      return contentTypes.stream()
          .anyMatch(allowed ->
              allowed.endsWith("/*")
                  ? essence.startsWith(allowed.substring(0, allowed.length() - 1))
                  : essence.equals(allowed));
    }
  }

  /// JSON of at most 1 MiB.
  ///
  /// @param document the schema as it was written, or null
  /// @param schema the same, ready to check answers
  /// @param fields what an answer has where there is no schema; with neither, any JSON is right
  record JsonAnswer(@Nullable Json document, @Nullable JsonSchema schema, List<AnswerField> fields)
      implements Wanted {
    public JsonAnswer {
      fields = List.copyOf(fields);
    }

    /// What is wrong with an answer, with pointers into it; nothing when it is right.
    public List<Fault> check(Json answer) {
      if (schema != null) {
        return schema.check(answer, "");
      }
      if (fields.isEmpty()) {
        return List.of();
      }
      return answer instanceof JsonObject object
          ? fields.stream().map(field -> field.fault(object)).filter(Objects::nonNull).toList()
          : List.of(Fault.at("", "The answer is an object, not %s.".formatted(answer.kind())));
    }
  }

  /// That it worked is all; a body is not passed on.
  enum Nothing implements Wanted {
    /// The only one.
    NOTHING
  }
}
