/// Templates and escapes: turns what an author wrote and what happened into one exact request, or
/// says which token could not go where.
@NullMarked
package io.fairlead.render;

import org.jspecify.annotations.NullMarked;
