/// Commands and their bindings, as documents and as rows.
@NullMarked
package io.fairlead.command;

import org.jspecify.annotations.NullMarked;
