/// The noun authorization: who calls are made as. Credentials and signatures, where each may be
/// sent, their rows, and the catalog that runs.
@NullMarked
package io.fairlead.authorization;

import org.jspecify.annotations.NullMarked;
