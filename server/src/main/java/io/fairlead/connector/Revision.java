package io.fairlead.connector;

import io.fairlead.json.Json.JsonObject;
import org.jspecify.annotations.Nullable;

/// One save of a connector.
///
/// @param number from 1
/// @param settings what people wrote, with `active`; its secrets read `{"set":true}`
/// @param madeAt epoch milliseconds
/// @param madeBy null where it was saved before that was written down
public record Revision(int number, JsonObject settings, long madeAt, @Nullable Author madeBy) {}
