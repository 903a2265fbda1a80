/// Ground: time, ids, problems. Knows no product word.
@NullMarked
package io.fairlead.base;

import org.jspecify.annotations.NullMarked;
