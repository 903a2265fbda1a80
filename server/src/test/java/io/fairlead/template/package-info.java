@NullMarked
package io.fairlead.template;

import org.jspecify.annotations.NullMarked;
