/// The noun event: what happened in the product.
@NullMarked
package io.fairlead.event;

import org.jspecify.annotations.NullMarked;
