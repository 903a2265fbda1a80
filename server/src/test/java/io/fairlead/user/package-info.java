/// Tests of the room of users.
@NullMarked
package io.fairlead.user;

import org.jspecify.annotations.NullMarked;
