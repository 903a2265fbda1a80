@NullMarked
package io.fairlead.condition;

import org.jspecify.annotations.NullMarked;
