/// What other tools write down, read as a draft of a connector: cURL commands, OpenAPI documents,
/// Postman collections. Text in, JSON out: nothing is saved, and no file or URL is ever opened.
@NullMarked
package io.fairlead.imports;

import org.jspecify.annotations.NullMarked;
