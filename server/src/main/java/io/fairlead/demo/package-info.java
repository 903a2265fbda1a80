/// What `fairlead demo` needs besides a hub: a sample third party, a client of the API, and the
/// picture in the terminal.
@NullMarked
package io.fairlead.demo;

import org.jspecify.annotations.NullMarked;
