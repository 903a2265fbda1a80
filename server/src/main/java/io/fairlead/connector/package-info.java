/// The noun connector: where, how, when; its rules, its rows, and the catalog that the hot path
/// sees.
@NullMarked
package io.fairlead.connector;

import org.jspecify.annotations.NullMarked;
