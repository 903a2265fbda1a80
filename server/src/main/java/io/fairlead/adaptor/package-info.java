/// The noun adaptor: a named, reusable mapping from an event's data to a third party's fields.
@NullMarked
package io.fairlead.adaptor;

import org.jspecify.annotations.NullMarked;
