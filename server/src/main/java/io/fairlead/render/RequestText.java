package io.fairlead.render;

import java.util.List;

/// A request as its author wrote it, with templates.
public record RequestText(
    Method method, String url, List<Row> headers, List<Row> query, BodyText body) {
  public RequestText {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
  }
}
