/// What the room authorization promises.
@NullMarked
package io.fairlead.authorization;

import org.jspecify.annotations.NullMarked;
