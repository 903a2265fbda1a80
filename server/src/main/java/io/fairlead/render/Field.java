package io.fairlead.render;

/// One field of a body as its author wrote it.
///
/// @param name where it goes, e.g. `title`, `address.city` or `lines[0].sku`; without tokens
/// @param value a template; exactly one token keeps the type of its value
public record Field(String name, String value) {}
