package io.fairlead.authorization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a connector sends to say who it is, with its secret in the clear: in memory only, and never
/// in a `toString`.
public sealed interface Credential extends Proof {
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

  /// One key under one name.
  ///
  /// @param in a header, the query or a cookie
  /// @param prefix what stands before the key in a header, e.g. `Token `; empty elsewhere
  record ApiKey(Place in, String name, String prefix, String key) implements Credential {
    @Override
    public String toString() {
      return "ApiKey[in=" + in + ", name=" + name + "]";
    }
  }

  /// Parameters, each in a place of its own.
  record Custom(List<Parameter> parameters) implements Credential {
    public Custom {
      parameters = List.copyOf(parameters);
    }
  }

  /// A parameter with a secret value.
  ///
  /// @param in a header, the query, the body, or where its token stands
  record Parameter(Place in, String name, String value) {
    @Override
    public String toString() {
      return "Parameter[in=" + in + ", name=" + name + "]";
    }
  }

  /// What `$secret.NAME` may name, with the values, in order. Where two parameters have one name
  /// the first is meant.
  default SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    switch (this) {
      case None none -> {}
      case Basic(String username, String password) -> {
        fields.put("username", username);
        fields.put("password", password);
      }
      case Bearer(String token) -> fields.put("token", token);
      case ApiKey key -> fields.put("key", key.key());
      case Custom(List<Parameter> parameters) ->
          parameters.forEach(one -> fields.putIfAbsent(one.name(), one.value()));
    }
    return fields;
  }
}
