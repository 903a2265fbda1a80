package io.fairlead.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One header field; names are compared without case.
public record Header(String name, String value) {
  /// The value of the first header of that name, or null.
  public static @Nullable String first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return null;
  }
}
