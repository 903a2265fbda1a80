package io.fairlead;

import io.fairlead.base.Nearest;
import io.fairlead.call.Cidr;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an operator sets: by `FAIRLEAD_*` variables, or by a file of lines `key = value` that the
/// variable `FAIRLEAD_CONFIG` names, with the keys in lower case and without the prefix
/// (`FAIRLEAD_DATABASE` is `database`). A variable wins over the file.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0 for any free one
/// @param data the data folder
/// @param database a JDBC URL of PostgreSQL; null for SQLite in the data folder
/// @param operatorKey the operator's API key; null: made once, in the data folder
/// @param encryptionKey what secrets are encrypted with; null: made once, in the data folder
/// @param egressAllow what may be called although it is private
/// @param egressAddresses addresses and blocks that calls come from, as they are told to people
/// @param metricsOpen whether `/metrics` is served without a key
/// @param loops how many event loops
/// @param publicUrl where people and third parties reach the hub, without a slash at its end; null
///   when nobody said
/// @param trustedProxies the blocks of addresses whose `X-Forwarded-For` is believed
public record Config(
    String host,
    int port,
    Path data,
    @Nullable String database,
    @Nullable String operatorKey,
    @Nullable String encryptionKey,
    String egressAllow,
    List<String> egressAddresses,
    boolean metricsOpen,
    int loops,
    @Nullable String publicUrl,
    List<Cidr> trustedProxies) {
  private static final String PREFIX = "FAIRLEAD_";

  /// Read by `bin/fairlead`, or names the file.
  private static final List<String> NOT_OURS = List.of("JAVA_OPTS", "CONFIG");

  private static final Pattern PUBLIC_URL =
      Pattern.compile("(?i)https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private static final List<String> KEYS =
      List.of(
          "HOST",
          "PORT",
          "DATA",
          "DATABASE",
          "OPERATOR_KEY",
          "ENCRYPTION_KEY",
          "EGRESS_ALLOW",
          "EGRESS_ADDRESSES",
          "METRICS_OPEN",
          "LOOPS",
          "PUBLIC_URL",
          "TRUSTED_PROXIES");

  /// A setting that is wrong; the message says which and what to do.
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message for the operator
    public Wrong(String message) {
      super(message);
    }
  }

  /// Secrets are not shown.
  @Override
  public String toString() {
    return "Config[host=%s, port=%d, data=%s, database=%s]"
        .formatted(host, port, data, database == null ? "SQLite" : "PostgreSQL");
  }

  /// Reads the environment, and the file that it names.
  ///
  /// @throws Wrong when a key is unknown or a value is not what it should be
  public static Config read(Map<String, String> environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    String file = environment.get(PREFIX + "CONFIG");
    if (file != null) {
      readFile(Path.of(file), settings);
    }
    readEnvironment(environment, settings);
    return of(settings);
  }

  private static void readFile(Path file, Map<String, String> settings) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Wrong("The configuration file %s can't be read: %s".formatted(file, e));
    }
    for (String name : properties.stringPropertyNames()) {
      String key = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
      refuseUnknown(key, name);
      settings.put(key, properties.getProperty(name));
    }
  }

  private static void readEnvironment(
      Map<String, String> environment, Map<String, String> settings) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && !isKubernetes(name, variable.getValue())) {
        String key = name.substring(PREFIX.length());
        if (!NOT_OURS.contains(key)) {
          refuseUnknown(key, name);
          settings.put(key, variable.getValue());
        }
      }
    }
  }

  /// What Kubernetes sets beside a Service of our name is passed over.
  private static boolean isKubernetes(String name, String value) {
    return name.startsWith("FAIRLEAD_SERVICE_")
        || name.startsWith("FAIRLEAD_PORT_")
        || (name.equals("FAIRLEAD_PORT") && value.contains("://"));
  }

  private static void refuseUnknown(String key, String written) {
    if (KEYS.contains(key)) {
      return;
    }
    String near = Nearest.to(key, KEYS);
    throw new Wrong(
        near == null
            ? "There is no setting %s. There are %s.".formatted(written, String.join(", ", KEYS))
            : "There is no setting %s; did you mean %s?".formatted(written, PREFIX + near));
  }

  private static Config of(Map<String, String> settings) {
    String database = settings.get("DATABASE");
    String encryptionKey = secret(settings, "ENCRYPTION_KEY");
    if (database != null && !database.startsWith("jdbc:postgresql:")) {
      throw new Wrong("FAIRLEAD_DATABASE must be a JDBC URL that begins with jdbc:postgresql:");
    }
    if (database != null && encryptionKey == null) {
      throw new Wrong(
          "FAIRLEAD_ENCRYPTION_KEY is needed with FAIRLEAD_DATABASE: every node must have the same"
              + " one. Any text of 16 characters or more will do; keep it safe.");
    }
    return new Config(
        settings.getOrDefault("HOST", "0.0.0.0"),
        number(settings, "PORT", 8080, 0, 65_535),
        Path.of(settings.getOrDefault("DATA", "data")),
        database,
        secret(settings, "OPERATOR_KEY"),
        encryptionKey,
        settings.getOrDefault("EGRESS_ALLOW", ""),
        blocks(settings, "EGRESS_ADDRESSES"),
        flag(settings, "METRICS_OPEN"),
        number(settings, "LOOPS", Runtime.getRuntime().availableProcessors(), 1, 64),
        publicUrl(settings.get("PUBLIC_URL")),
        blocks(settings, "TRUSTED_PROXIES").stream().map(Config::block).toList());
  }

  private static @Nullable String publicUrl(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String url = text.strip().replaceAll("/+$", "");
    if (!PUBLIC_URL.matcher(url).matches()) {
      throw new Wrong(
          "FAIRLEAD_PUBLIC_URL must be http:// or https:// with a host, and a port if need be, and"
              + " nothing after it: https://hub.example.com");
    }
    return url.toLowerCase(Locale.ROOT);
  }

  private static Cidr block(String text) {
    String[] parts = text.split("/", -1);
    InetAddress address = InetAddress.ofLiteral(parts[0]);
    return Cidr.of(
        address,
        parts.length == 1 ? address.getAddress().length * 8 : Integer.parseInt(parts[1], 10));
  }

  private static List<String> blocks(Map<String, String> settings, String key) {
    List<String> blocks =
        Arrays.stream(settings.getOrDefault(key, "").split("[,\\s]+"))
            .filter(block -> !block.isEmpty())
            .toList();
    for (String block : blocks) {
      if (!isBlock(block)) {
        throw new Wrong(
            "%s%s has addresses such as 203.0.113.7 and blocks such as 203.0.113.0/24, with commas"
                    .formatted(PREFIX, key)
                + " between; \"%s\" is neither.".formatted(block));
      }
    }
    return blocks;
  }

  private static boolean isBlock(String text) {
    String[] parts = text.split("/", -1);
    try {
      int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * 8;
      int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1], 10);
      return parts.length <= 2 && prefix >= 0 && prefix <= bits;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String secret(Map<String, String> settings, String key) {
    String value = settings.get(key);
    if (value != null && value.length() < 16) {
      throw new Wrong(PREFIX + key + " must have 16 characters or more.");
    }
    return value;
  }

  private static int number(
      Map<String, String> settings, String key, int standard, int least, int most) {
    String value = settings.get(key);
    if (value == null) {
      return standard;
    }
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It is told like a number that is out of range.
    }
    throw new Wrong("%s%s must be a number from %d to %d.".formatted(PREFIX, key, least, most));
  }

  private static boolean flag(Map<String, String> settings, String key) {
    String value = settings.getOrDefault(key, "false").strip();
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Wrong(PREFIX + key + " must be true or false.");
    };
  }
}
