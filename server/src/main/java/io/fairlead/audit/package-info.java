/// The audit log: who changed what, and when.
@NullMarked
package io.fairlead.audit;

import org.jspecify.annotations.NullMarked;
