/// Tests of render.
@NullMarked
package io.fairlead.render;

import org.jspecify.annotations.NullMarked;
