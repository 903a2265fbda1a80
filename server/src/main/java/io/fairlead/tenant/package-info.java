/// The noun tenant: the customers of the product, and the API keys that calls are made with.
@NullMarked
package io.fairlead.tenant;

import org.jspecify.annotations.NullMarked;
