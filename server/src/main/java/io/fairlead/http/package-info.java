/// Ground: the one network stack, for both sides. The only room beside the root and the API that
/// sees Vert.x.
@NullMarked
package io.fairlead.http;

import org.jspecify.annotations.NullMarked;
