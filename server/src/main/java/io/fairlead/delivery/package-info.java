/// Deliveries on their way: the queue, the lanes, the dispatcher, the retry policy and the log.
@NullMarked
package io.fairlead.delivery;

import org.jspecify.annotations.NullMarked;
