package io.fairlead.command;

import io.fairlead.connector.Connector;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.response.NotFound;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run that may begin: nothing about it is wrong so far.
///
/// @param tenant whose run it is
/// @param inputs right ones
/// @param asks whom it asks, in order; at least one
/// @param deadline until an answer has to have begun
/// @param keepDocuments whether the log keeps the bodies of documents
/// @param most how many of the tenant's runs may be under way
public record RunOrder(
    long tenant,
    Command command,
    JsonObject inputs,
    List<Ask> asks,
    Duration deadline,
    boolean keepDocuments,
    int most,
    Asker asker) {
  public RunOrder {
    asks = List.copyOf(asks);
  }

  /// One that is asked.
  ///
  /// @param name of the target or the connector
  /// @param shared the connector's number when it is one of the tenant's; null when the request is
  ///   the binding's own
  public record Ask(String name, @Nullable Long shared, Connector connector, NotFound notFound) {}
}
