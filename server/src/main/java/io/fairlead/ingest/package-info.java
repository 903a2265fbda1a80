/// The one door for events, whoever brings them.
@NullMarked
package io.fairlead.ingest;

import org.jspecify.annotations.NullMarked;
