/// The hub: one process. Start reading at {@link io.fairlead.Hub}.
@NullMarked
package io.fairlead;

import org.jspecify.annotations.NullMarked;
