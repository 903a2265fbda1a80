package io.fairlead.connector;

/// The connector of a tenant that the one-connector API shows, with what that gives back as it
/// came.
///
/// @param connector its number
/// @param number the `id` of the one-connector API, which its callers may choose
/// @param auth `header` or `get`, in the case that was sent
/// @param method `POST` or `GET`, in the case that was sent
/// @param parameters JSON as it was sent, secrets and all: in memory only
public record OneConnector(
    long connector, int number, String auth, String method, String parameters) {
  /// The `id` where none was chosen: a tenant has one such connector.
  static final int FIRST = 1;

  @Override
  public String toString() {
    return "OneConnector[connector=" + connector + "]";
  }
}
