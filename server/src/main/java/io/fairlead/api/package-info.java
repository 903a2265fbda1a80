/// The REST API: all routes on one screen ({@link io.fairlead.api.Api}), one resource class a noun.
@NullMarked
package io.fairlead.api;

import org.jspecify.annotations.NullMarked;
