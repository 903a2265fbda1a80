/// The one way out: gate, credential, render, send, classify.
@NullMarked
package io.fairlead.call;

import org.jspecify.annotations.NullMarked;
