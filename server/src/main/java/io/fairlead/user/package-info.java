/// The noun user: people, what they may do in which tenant, how they sign in, and the links that
/// bring them in.
@NullMarked
package io.fairlead.user;

import org.jspecify.annotations.NullMarked;
