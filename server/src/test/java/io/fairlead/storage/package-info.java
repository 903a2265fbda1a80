/// Tests of storage, and databases for every other test.
@NullMarked
package io.fairlead.storage;

import org.jspecify.annotations.NullMarked;
