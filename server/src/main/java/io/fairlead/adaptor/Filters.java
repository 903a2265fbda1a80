package io.fairlead.adaptor;

import io.fairlead.render.FilterChain;

/// A row's filters.
///
/// @param text as written, e.g. `trim | upper`
record Filters(String text, FilterChain chain) {}
