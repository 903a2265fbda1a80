/// What the hub's numbers are compared with.
@NullMarked
package io.fairlead.bench;

import org.jspecify.annotations.NullMarked;
