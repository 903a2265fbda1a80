/// Ground: what encrypts secrets at rest and what recognises them in a text.
@NullMarked
package io.fairlead.secrets;

import org.jspecify.annotations.NullMarked;
