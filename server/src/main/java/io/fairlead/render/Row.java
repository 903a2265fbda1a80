package io.fairlead.render;

/// A header or query parameter as its author wrote it.
///
/// @param name without tokens
/// @param value a template
public record Row(String name, String value) {}
