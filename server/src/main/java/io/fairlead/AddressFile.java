package io.fairlead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the hub of a data folder listens, in the file `address`: for commands on the same machine.
/// It is there while the hub runs, or when it could not take it away.
record AddressFile(Path folder) {
  private static final String NAME = "address";

  /// The address of a hub that listens on a host and port; on all addresses, it is the machine's
  /// own.
  void write(String host, int port) throws IOException {
    boolean isAny = host.equals("0.0.0.0") || host.equals("::");
    String reached = isAny ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    Files.writeString(
        folder.resolve(NAME), "http://%s:%d%n".formatted(reached, port), StandardCharsets.UTF_8);
  }

  /// The address.
  ///
  /// @throws Config.Wrong when there is none
  String read() {
    try {
      return Files.readString(folder.resolve(NAME)).strip();
    } catch (IOException e) {
      throw new Config.Wrong(
          "No hub runs on the data folder %s. Start it, or set FAIRLEAD_DATA to its folder."
              .formatted(folder.toAbsolutePath()));
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }
}
