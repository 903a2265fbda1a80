package io.fairlead.response;

import io.fairlead.json.JsonPath;

/// A value that is taken out of each answer.
///
/// @param name what it is called in the log
/// @param path where it stands in what was read
public record Extraction(String name, JsonPath path) {}
