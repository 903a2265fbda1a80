/// Whole walks through the console, in a browser.
@NullMarked
package io.fairlead.console;

import org.jspecify.annotations.NullMarked;
