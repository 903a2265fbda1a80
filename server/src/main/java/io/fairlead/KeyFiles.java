package io.fairlead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Keys that are made once and kept in the data folder, readable by its owner alone.
final class KeyFiles {
  private static final int BYTES = 32;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  KeyFiles(Path folder) {
    this.folder = folder;
  }

  /// The key in a file, made when there is none.
  String readOrMake(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      make(file);
    }
    String key = Files.readString(file).strip();
    if (key.length() < 16) {
      throw new Config.Wrong(
          "The key in %s is too short: it must have 16 characters or more.".formatted(file));
    }
    return key;
  }

  private void make(Path file) throws IOException {
    Files.createDirectories(folder);
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n";
    Path written =
        Files.createTempFile(
            folder,
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(written, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
    Files.move(written, file);
  }
}
