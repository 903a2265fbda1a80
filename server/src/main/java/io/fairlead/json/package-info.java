/// Ground: JSON as it was received; numbers keep their digits, members their order.
@NullMarked
package io.fairlead.json;

import org.jspecify.annotations.NullMarked;
