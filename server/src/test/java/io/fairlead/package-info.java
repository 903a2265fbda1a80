/// What every room's tests share.
@NullMarked
package io.fairlead;

import org.jspecify.annotations.NullMarked;
