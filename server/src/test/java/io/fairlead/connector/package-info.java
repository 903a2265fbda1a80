/// Tests of connector.
@NullMarked
package io.fairlead.connector;

import org.jspecify.annotations.NullMarked;
