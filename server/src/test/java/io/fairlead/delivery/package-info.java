/// Tests of delivery.
@NullMarked
package io.fairlead.delivery;

import org.jspecify.annotations.NullMarked;
