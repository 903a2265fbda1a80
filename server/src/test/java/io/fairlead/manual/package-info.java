/// What the manuals of the products that Fairlead stands for say, line by line.
@NullMarked
package io.fairlead.manual;

import org.jspecify.annotations.NullMarked;
