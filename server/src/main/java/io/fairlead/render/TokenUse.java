package io.fairlead.render;

import org.jspecify.annotations.Nullable;

/// Where the value of one token came from.
///
/// @param token as its author wrote it, with its braces, cut to 80 characters
/// @param pointer the text it stands in, a JSON pointer into the connector's document:
///   `/headers/0/value`
/// @param place where it stands, in words: `header X-Number`
/// @param source in words: `the event's data at customer.name`, `$event.id`, `the default`,
///   `absent`
/// @param value as it was inserted, secrets masked, cut to 200 characters; null when it could not
///   be
public record TokenUse(
    String token, String pointer, String place, String source, @Nullable String value) {}
