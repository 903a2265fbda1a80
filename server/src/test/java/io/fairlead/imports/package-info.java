@NullMarked
package io.fairlead.imports;

import org.jspecify.annotations.NullMarked;
