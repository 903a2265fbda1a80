/// Tests of json.
@NullMarked
package io.fairlead.json;

import org.jspecify.annotations.NullMarked;
