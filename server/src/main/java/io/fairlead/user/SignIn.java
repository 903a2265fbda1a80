package io.fairlead.user;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Signing in with an email address and a password.
public final class SignIn {
  /// What an attempt came to.
  public sealed interface Outcome {
    /// The user is signed in.
    record Done(Session session) implements Outcome {}

    /// The email address or the password is wrong; which of them is not told.
    record Wrong() implements Outcome {}

    /// There were too many wrong ones.
    ///
    /// @param left until the next attempt is looked at
    record TooMany(Duration left) implements Outcome {}
  }

  private final Users users;
  private final Sessions sessions;
  private final Passwords passwords;
  private final SignInLimits limits;

  /// @param limits counts what fails
  public SignIn(Users users, Sessions sessions, Passwords passwords, SignInLimits limits) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.limits = limits;
  }

  /// An email address as it is stored and compared.
  public static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /// Tries to sign in. It takes as long for an email address that nobody has.
  ///
  /// @param email as it was typed
  /// @param address who asks
  public Outcome attempt(String email, String password, InetAddress address) {
    String normal = normal(email);
    Duration wait = limits.begin(normal, network(address));
    if (!wait.isZero()) {
      return new Outcome.TooMany(wait);
    }
    User user = users.byEmail(normal);
    // Asked for nobody too: a look into the database takes time as well.
    String stored = users.password(user == null ? 0 : user.id());
    if (!passwords.isRight(password, stored) || user == null) {
      return new Outcome.Wrong();
    }
    limits.succeeded(normal, network(address));
    return new Outcome.Done(sessions.begin(user));
  }

  /// Whether a user's password is this, under the same limits.
  ///
  /// @return null when it is
  public @Nullable Outcome refusal(User user, String password, InetAddress address) {
    Duration wait = limits.begin(user.email(), network(address));
    if (!wait.isZero()) {
      return new Outcome.TooMany(wait);
    }
    if (!passwords.isRight(password, users.password(user.id()))) {
      return new Outcome.Wrong();
    }
    limits.succeeded(user.email(), network(address));
    return null;
  }

  /// Of IPv6 the half that a provider gives to one customer.
  static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address.getHostAddress();
    }
    var text = new StringBuilder();
    for (int i = 0; i < bytes.length / 2; i++) {
      text.append(String.format(Locale.ROOT, "%02x", bytes[i]));
    }
    return text.append("::/64").toString();
  }
}
