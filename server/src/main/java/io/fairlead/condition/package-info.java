/// The JSON filter language: which data is meant. Read once when saved, bounded, and without an
/// opinion on what a match is for: triggers and outcome rules share it.
@NullMarked
package io.fairlead.condition;

import org.jspecify.annotations.NullMarked;
