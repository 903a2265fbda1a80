package io.fairlead;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate made by the JDK's keytool while the test runs.
///
/// @param server for a third party
/// @param trusted for those who shall trust it
public record TestTls(SSLContext server, KeyStore trusted) {
  private static final String PASSWORD = "only-a-test";

  /// Makes a certificate of its own issue.
  ///
  /// @param names what it is made for, e.g. `dns:localhost` or `ip:127.0.0.1`
  public static TestTls make(Path folder, String... names) {
    Path file = folder.resolve("keys-" + System.nanoTime() + ".p12");
    try {
      var keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-alias",
                  "party",
                  "-dname",
                  "CN=party",
                  "-validity",
                  "30",
                  "-ext",
                  "san=" + String.join(",", List.of(names)),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext server = SSLContext.getInstance("TLS");
      server.init(managers.getKeyManagers(), null, null);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("party", keys.getCertificate("party"));
      return new TestTls(server, trusted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
