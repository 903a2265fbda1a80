/// The noun command: a named call that somebody waits for. What it takes and what it must bring,
/// and how each tenant binds it to requests; their rows, and the catalog that the hot path sees.
@NullMarked
package io.fairlead.command;

import org.jspecify.annotations.NullMarked;
