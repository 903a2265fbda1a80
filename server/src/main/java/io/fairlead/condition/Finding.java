package io.fairlead.condition;

import io.fairlead.json.Json;
import org.jspecify.annotations.Nullable;

/// What one question of a filter came to.
///
/// @param pointer where the question stands in the filter's document, RFC 6901
/// @param path the value that was asked, empty for the whole
/// @param operator as its author wrote it; `$eq` where only a value is given
/// @param expected what it is compared with
/// @param found the value as JSON, cut to 200 characters; null when there is none
/// @param holds whether the answer is yes
/// @param why a sentence where there was nothing that can be compared
public record Finding(
    String pointer,
    String path,
    String operator,
    Json expected,
    @Nullable String found,
    boolean holds,
    @Nullable String why) {}
