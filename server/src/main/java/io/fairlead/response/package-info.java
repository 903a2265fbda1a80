/// What comes back: reading answers, and what they come to.
@NullMarked
package io.fairlead.response;

import org.jspecify.annotations.NullMarked;
