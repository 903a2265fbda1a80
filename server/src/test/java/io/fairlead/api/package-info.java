/// The API held to its contract.
@NullMarked
package io.fairlead.api;

import org.jspecify.annotations.NullMarked;
