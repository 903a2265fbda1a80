package io.fairlead.connector;

/// Who a connector calls as, with its secret in the clear: in memory only, and never in a
/// `toString`.
public sealed interface Credential {
  /// Nobody.
  enum None implements Credential {
    /// The only one.
    NONE
  }

  /// RFC 7617.
  ///
  /// @param password empty when none is set
  record Basic(String username, String password) implements Credential {
    @Override
    public String toString() {
      return "Basic[username=" + username + "]";
    }
  }

  /// RFC 6750.
  record Bearer(String token) implements Credential {
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
