/// Tests of base.
@NullMarked
package io.fairlead.base;

import org.jspecify.annotations.NullMarked;
