/// Ground: the database, its migrations, readers and the one writer.
@NullMarked
package io.fairlead.storage;

import org.jspecify.annotations.NullMarked;
