@NullMarked
package io.fairlead.adaptor;

import org.jspecify.annotations.NullMarked;
