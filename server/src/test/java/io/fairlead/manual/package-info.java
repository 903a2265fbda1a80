@NullMarked
package io.fairlead.manual;

import org.jspecify.annotations.NullMarked;
