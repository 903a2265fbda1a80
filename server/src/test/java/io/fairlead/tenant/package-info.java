/// Tests of tenant.
@NullMarked
package io.fairlead.tenant;

import org.jspecify.annotations.NullMarked;
