/// Ready-made connectors for well-known APIs: data, not code. A template is a YAML file in the jar;
/// people's values fill it, and what comes of it is a connector's document like any other.
@NullMarked
package io.fairlead.template;

import org.jspecify.annotations.NullMarked;
