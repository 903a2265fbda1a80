package io.fairlead.authorization;

import io.fairlead.http.HeaderRules;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A credential or a way of signing as JSON: as people send it, as they read it, and as it is
/// encrypted. The members stand beside `kind`, in an authorization of its own as in a connector.
///
/// A secret that is absent or `{"set":true}` is kept, when the former self has it and it still goes
/// where it went: another kind, place or name needs it again.
public final class ProofDocument {
  /// Kinds of credentials.
  public static final List<String> CREDENTIALS = List.of("basic", "bearer", "apiKey", "custom");

  /// Kinds of signing.
  public static final List<String> SIGNINGS = List.of("standardWebhooks", "hmac");

  /// Every kind.
  public static final List<String> KINDS =
      Stream.concat(CREDENTIALS.stream(), SIGNINGS.stream()).toList();

  /// A secret as it is read.
  public static final JsonObject SET = Json.object().put("set", true).build();

  /// What a kind may have, and a patch may take away from another kind.
  public static final List<String> MEMBERS =
      List.of(
          "username",
          "password",
          "token",
          "in",
          "keyName",
          "prefix",
          "key",
          "parameters",
          "header",
          "algorithm",
          "encoding",
          "separator",
          "timestampHeader",
          "signed",
          "secret");

  private static final int MOST_PARAMETERS = 20;
  private static final TextRule USERNAME =
      TextRule.matching(
          0, 255, "[^\\x00-\\x1f\\x7f-\\x9f:]*", "has no colon and no control characters");
  private static final TextRule PASSWORD = TextRule.line(0, 1_024);
  private static final TextRule TOKEN =
      TextRule.matching(
          1, 8_192, "[!-~]+", "has visible ASCII characters only, no blanks and no line ends");
  private static final TextRule COOKIE_KEY =
      TextRule.matching(
          1,
          8_192,
          "[!#-+\\--:<-\\[\\]-~]+",
          "has visible ASCII characters only, and in a cookie no quotes, commas, semicolons or"
              + " backslashes");
  private static final TextRule NAME = TextRule.line(1, 200);
  private static final TextRule VALUE = TextRule.line(1, 8_192);
  private static final TextRule QUERY_TEXT = TextRule.line(1, 8_192);
  private static final TextRule PREFIX =
      TextRule.matching(
          0,
          100,
          "([!-~][ -~]*)?",
          "has visible ASCII characters and blanks only, and does not begin with a blank");
  private static final TextRule SEPARATOR =
      TextRule.matching(1, 20, "[ -~]+", "has visible ASCII characters and blanks only");
  private static final TextRule HEADER_NAME =
      TextRule.matching(
          1, 200, "[!#$%&'*+.^_`|~0-9A-Za-z-]+", "is a header name of letters, digits and hyphens");
  private static final TextRule SECRET = TextRule.any(1, 1_024);
  private static final TextRule WEBHOOK_SECRET =
      new TextRule(1, 200, text -> WebhookSecret.bytes(text).isPresent(), WebhookSecret.EXPECTED);
  private static final TextRule SIGNED = TextRule.any(1, 1_000);

  /// Headers that say what the body is, or hold cookies of others too; beside those that are
  /// computed and the connection's.
  private static final Set<String> NOT_FOR_SECRETS = Set.of("content-type", "cookie");

  static final String NO_HEADER_VALUE =
      "A header's value has no blank at its ends and nothing beyond ISO-8859-1.";

  private static final List<String> API_KEY_PLACES = List.of("header", "query", "cookie");
  private static final List<String> CUSTOM_PLACES = List.of("header", "query", "body", "token");

  private final Members members;
  private final @Nullable Proof before;
  private final List<Kept> kept = new ArrayList<>();

  private ProofDocument(Members members, @Nullable Proof before) {
    this.members = members;
    this.before = before;
  }

  /// A secret that was not sent but kept.
  ///
  /// @param pointer where it would have stood
  /// @param name what people call it
  public record Kept(String pointer, String name) {}

  /// What was read.
  public record Read(Proof proof, List<Kept> kept) {
    public Read {
      kept = List.copyOf(kept);
    }
  }

  /// Reads the members beside and with `kind`; null when that itself is wrong, and then nothing
  /// else was looked at. The caller refuses the members that are left over.
  ///
  /// @param kinds which may be meant here
  /// @param before whose secrets may be kept
  public static @Nullable Read read(Members members, List<String> kinds, @Nullable Proof before) {
    if (!(members.get("kind") instanceof JsonString(String kind)) || !kinds.contains(kind)) {
      if (members.get("kind") instanceof JsonString(String other) && KINDS.contains(other)) {
        members.fault("kind", misplaced(other, kinds));
      } else {
        var _ = members.word("kind", kinds);
      }
      return null;
    }
    return new ProofDocument(members, before).read(kind);
  }

  private static String misplaced(String kind, List<String> kinds) {
    return "%s belongs into %s; here stands one of %s."
        .formatted(
            kind, SIGNINGS.contains(kind) ? "signing" : "authorization", String.join(", ", kinds));
  }

  private Read read(String kind) {
    Proof proof =
        switch (kind) {
          case "basic" -> basic();
          case "bearer" -> bearer();
          case "apiKey" -> apiKey();
          case "custom" -> custom();
          case "standardWebhooks" -> standardWebhooks();
          case "hmac" -> hmac();
          default -> throw new IllegalStateException("not a kind: " + kind);
        };
    members.mayTakeAway(MEMBERS);
    return new Read(proof, kept);
  }

  private Credential basic() {
    String username = members.text("username", USERNAME);
    boolean sameKind = before instanceof Credential.Basic;
    String former = before instanceof Credential.Basic(var _, var password) ? password : "";
    if (members.isNull("password")) {
      return new Credential.Basic(username, "");
    }
    if (members.has("password") && !isSet(members.get("password"))) {
      return new Credential.Basic(username, members.text("password", PASSWORD));
    }
    boolean nothingToKeep =
        members.has("password") ? former.isEmpty() : before != null && !sameKind;
    if (nothingToKeep) {
      members.fault("password", "There is no password to keep; send it, or null for none.");
    }
    if (!former.isEmpty()) {
      kept.add(new Kept(members.pointer("password"), "password"));
    }
    return new Credential.Basic(username, former);
  }

  private Credential bearer() {
    String former = before instanceof Credential.Bearer(var token) ? token : null;
    return new Credential.Bearer(secret(members, "token", TOKEN, former));
  }

  private Credential apiKey() {
    Place in = place(members, API_KEY_PLACES);
    String name = name(members, "keyName", in);
    String prefix = members.optionalText("prefix", PREFIX);
    if (prefix != null && !prefix.isEmpty() && in != Place.HEADER) {
      members.fault("prefix", "A prefix is for keys in a header.");
    }
    String former =
        before instanceof Credential.ApiKey key && goesTo(key.in(), key.name(), in, name)
            ? key.key()
            : null;
    if (former == null && before instanceof Credential.ApiKey && keeps(members, "key")) {
      members.fault("key", "The place or name has changed, so the key has to be sent again.");
      return new Credential.ApiKey(in, name, prefix == null ? "" : prefix, "");
    }
    String key = secret(members, "key", TOKEN, former);
    String wrong = in == Place.COOKIE && !key.isEmpty() ? COOKIE_KEY.fault(key) : null;
    if (wrong != null) {
      members.fault("key", "key " + wrong + ".");
    }
    return new Credential.ApiKey(in, name, prefix == null ? "" : prefix, key);
  }

  private static boolean goesTo(Place from, String fromName, Place to, String toName) {
    return from == to
        && (from == Place.HEADER ? fromName.equalsIgnoreCase(toName) : fromName.equals(toName));
  }

  /// Rows, or the text `a=b&c=d` that is meant for the query.
  private Credential custom() {
    if (members.get("parameters") instanceof JsonString) {
      return new Credential.Custom(queryText());
    }
    if (!members.has("parameters")) {
      members.missing("parameters");
      return new Credential.Custom(List.of());
    }
    var parameters = new ArrayList<Credential.Parameter>();
    for (Members row : members.objects("parameters", 1, MOST_PARAMETERS)) {
      Place in = place(row, CUSTOM_PLACES);
      String name = name(row, "name", in);
      Credential.Parameter former = former(in, name);
      String value = secret(row, "value", VALUE, former == null ? null : former.value());
      if (in == Place.HEADER && !isHeaderValue(value)) {
        row.fault(
            "value", "A header's value has no blank at its ends and nothing beyond ISO-8859-1.");
      }
      row.refuseOthers();
      boolean repeated =
          parameters.stream().anyMatch(other -> goesTo(other.in(), other.name(), in, name));
      if (repeated && !name.isEmpty()) {
        row.fault(
            "name", "There is a parameter \"%s\" in the %s already.".formatted(name, in.text()));
      }
      parameters.add(new Credential.Parameter(in, name, value));
    }
    return new Credential.Custom(parameters);
  }

  private Credential.@Nullable Parameter former(Place in, String name) {
    if (before instanceof Credential.Custom(List<Credential.Parameter> parameters)) {
      for (Credential.Parameter one : parameters) {
        if (goesTo(one.in(), one.name(), in, name)) {
          return one;
        }
      }
    }
    return null;
  }

  private List<Credential.Parameter> queryText() {
    String text = members.text("parameters", QUERY_TEXT);
    var parameters = new ArrayList<Credential.Parameter>();
    String wrong = text.isEmpty() ? null : parse(text, parameters);
    if (wrong != null) {
      members.fault("parameters", wrong);
    }
    return parameters;
  }

  /// What is wrong with the text, never quoting it, or null.
  private static @Nullable String parse(String text, List<Credential.Parameter> parameters) {
    if (text.indexOf('+') >= 0) {
      return "A + is a blank to some and a plus to others; write %20 or %2B.";
    }
    String pairs = text.startsWith("?") ? text.substring(1) : text;
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        return "parameters is a list, or a text such as api_key=abc&client=7.";
      }
      try {
        String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        boolean repeated = parameters.stream().anyMatch(other -> other.name().equals(name));
        if (repeated || NAME.fault(name) != null || VALUE.fault(value) != null) {
          return "Each parameter has another name, and a value without control characters.";
        }
        parameters.add(new Credential.Parameter(Place.QUERY, name, value));
      } catch (IllegalArgumentException e) {
        return "A % is followed by two hexadecimal digits; write %25 for a percent sign.";
      }
    }
    return parameters.size() > MOST_PARAMETERS
        ? "parameters has at most " + MOST_PARAMETERS + " items."
        : null;
  }

  private Signing standardWebhooks() {
    Signing.Keys former =
        before instanceof Signing.StandardWebhooks(Signing.Keys keys) ? keys : null;
    return new Signing.StandardWebhooks(keys(WEBHOOK_SECRET, former));
  }

  private Signing hmac() {
    String header = headerName(members, "header");
    Signing.Algorithm algorithm =
        word("algorithm", List.of(Signing.Algorithm.values()), Signing.Algorithm::text);
    Signing.Encoding encoding =
        word("encoding", List.of(Signing.Encoding.values()), Signing.Encoding::text);
    SignedText prefix = signedText("prefix", nullable("prefix", PREFIX), "");
    if (prefix.has(SignedText.Name.BODY)) {
      members.fault("prefix", "The body cannot stand in a header.");
    }
    String separator = nullable("separator", SEPARATOR);
    String timestampHeader =
        members.has("timestampHeader") && !(members.get("timestampHeader") instanceof JsonNull)
            ? headerName(members, "timestampHeader")
            : null;
    if (timestampHeader != null && timestampHeader.equalsIgnoreCase(header)) {
      members.fault("timestampHeader", "The signature stands in that header already.");
    }
    if (!members.has("signed")) {
      members.missing("signed");
    }
    SignedText signed = signedText("signed", members.optionalText("signed", SIGNED), "{{$body}}");
    Signing.Keys former = before instanceof Signing.Hmac hmac ? hmac.keys() : null;
    return new Signing.Hmac(
        header,
        algorithm,
        encoding,
        prefix,
        separator,
        timestampHeader,
        signed,
        keys(SECRET, former));
  }

  /// Another key by PUT or PATCH ends the former one at once, and a rotation with it.
  private Signing.Keys keys(TextRule rule, Signing.@Nullable Keys former) {
    String current = former == null ? null : former.current();
    String secret = secret(members, "secret", rule, current);
    return former != null && secret.equals(current) ? former : Signing.Keys.of(secret);
  }

  private SignedText signedText(String name, @Nullable String text, String otherwise) {
    return switch (SignedText.parse(text == null ? otherwise : text)) {
      case SignedText.Parsed.Good(SignedText good) -> good;
      case SignedText.Parsed.Bad(String sentence) -> {
        members.fault(name, sentence);
        yield new SignedText(otherwise, List.of());
      }
    };
  }

  private @Nullable String nullable(String name, TextRule rule) {
    return members.get(name) instanceof JsonNull ? null : members.optionalText(name, rule);
  }

  private <T> T word(String name, List<T> values, Function<T, String> text) {
    List<String> words = values.stream().map(text).toList();
    return values.get(words.indexOf(members.word(name, words)));
  }

  private static Place place(Members row, List<String> places) {
    return Place.valueOf(row.word("in", places).toUpperCase(Locale.ROOT));
  }

  private static String name(Members row, String member, Place in) {
    return switch (in) {
      case HEADER -> headerName(row, member);
      case COOKIE -> row.text(member, HEADER_NAME);
      case QUERY, BODY, TOKEN -> row.text(member, NAME);
    };
  }

  private static String headerName(Members row, String member) {
    String name = row.text(member, HEADER_NAME);
    String lower = name.toLowerCase(Locale.ROOT);
    if (HeaderRules.isComputed(lower)
        || HeaderRules.isOfConnection(lower)
        || NOT_FOR_SECRETS.contains(lower)) {
      row.fault(member, "The header %s is made by the hub and cannot be set here.".formatted(name));
    }
    return name;
  }

  static boolean isHeaderValue(String value) {
    return HeaderRules.isValue(value) && value.equals(value.strip());
  }

  /// A secret that is sent, or kept.
  private String secret(Members row, String name, TextRule rule, @Nullable String former) {
    if (!keeps(row, name)) {
      return row.text(name, rule);
    }
    if (row.isNull(name)) {
      row.fault(
          name,
          "It cannot do without its %s; to send none set the whole authorization to null."
              .formatted(name));
      return "";
    }
    if (former == null) {
      row.fault(
          name,
          before == null && !row.has(name)
              ? name + " is missing."
              : "There is no %s to keep; send it.".formatted(name));
      return "";
    }
    kept.add(new Kept(row.pointer(name), name));
    return former;
  }

  private static boolean keeps(Members row, String name) {
    return !row.has(name) || isSet(row.get(name));
  }

  /// Whether it is `{"set":true}`, as secrets are read.
  private static boolean isSet(@Nullable Json value) {
    return SET.equals(value);
  }

  /// The kind, as it is written in a document; null for none.
  public static @Nullable String kind(Proof proof) {
    return switch (proof) {
      case Credential.None none -> null;
      case Credential.Basic basic -> "basic";
      case Credential.Bearer bearer -> "bearer";
      case Credential.ApiKey key -> "apiKey";
      case Credential.Custom custom -> "custom";
      case Signing.None none -> null;
      case Signing.StandardWebhooks standard -> "standardWebhooks";
      case Signing.Hmac hmac -> "hmac";
    };
  }

  /// What the one secret of a proof has to be.
  static TextRule secretRule(Proof proof) {
    return switch (proof) {
      case Credential.None none -> TOKEN;
      case Credential.Basic basic -> PASSWORD;
      case Credential.Bearer bearer -> TOKEN;
      case Credential.ApiKey key -> key.in() == Place.COOKIE ? COOKIE_KEY : TOKEN;
      case Credential.Custom custom -> VALUE;
      case Signing.None none -> SECRET;
      case Signing.StandardWebhooks standard -> WEBHOOK_SECRET;
      case Signing.Hmac hmac -> SECRET;
    };
  }

  /// Every secret that a proof has.
  ///
  /// @param pointer where its document stands
  public static List<Kept> secrets(Proof proof, String pointer) {
    return switch (proof) {
      case Credential.None none -> List.of();
      case Signing.None none -> List.of();
      case Credential.Basic(var _, var password) ->
          password.isEmpty() ? List.of() : List.of(new Kept(pointer + "/password", "password"));
      case Credential.Bearer bearer -> List.of(new Kept(pointer + "/token", "token"));
      case Credential.ApiKey key -> List.of(new Kept(pointer + "/key", "key"));
      case Credential.Custom(List<Credential.Parameter> parameters) ->
          IntStream.range(0, parameters.size())
              .mapToObj(i -> new Kept(pointer + "/parameters/" + i + "/value", "value"))
              .toList();
      case Signing.StandardWebhooks standard -> List.of(new Kept(pointer + "/secret", "secret"));
      case Signing.Hmac hmac -> List.of(new Kept(pointer + "/secret", "secret"));
    };
  }

  /// The document without secrets, as it is read; empty for none.
  public static JsonObject shown(Proof proof) {
    return document(proof, secret -> SET);
  }

  /// The document with secrets, to be encrypted; empty for none. Read back with `before` null. A
  /// former key is not in it.
  public static JsonObject clear(Proof proof) {
    return document(proof, Json::of);
  }

  private static JsonObject document(Proof proof, Function<String, Json> secret) {
    String kind = kind(proof);
    if (kind == null) {
      return JsonObject.EMPTY;
    }
    Json.Builder document = Json.object().put("kind", kind);
    return switch (proof) {
      case Credential.None none -> JsonObject.EMPTY;
      case Signing.None none -> JsonObject.EMPTY;
      case Credential.Basic(String username, String password) ->
          document
              .put("username", username)
              .put("password", password.isEmpty() ? JsonNull.NULL : secret.apply(password))
              .build();
      case Credential.Bearer(String token) -> document.put("token", secret.apply(token)).build();
      case Credential.ApiKey(Place in, String name, String prefix, String key) ->
          document
              .put("in", in.text())
              .put("keyName", name)
              .put("prefix", prefix)
              .put("key", secret.apply(key))
              .build();
      case Credential.Custom(List<Credential.Parameter> parameters) ->
          document
              .put(
                  "parameters",
                  new JsonArray(
                      parameters.stream()
                          .<Json>map(one ->
                              Json.object()
                                  .put("in", one.in().text())
                                  .put("name", one.name())
                                  .put("value", secret.apply(one.value()))
                                  .build())
                          .toList()))
              .build();
      case Signing.StandardWebhooks(Signing.Keys keys) ->
          document.put("secret", secret.apply(keys.current())).build();
      case Signing.Hmac hmac ->
          document
              .put("header", hmac.header())
              .put("algorithm", hmac.algorithm().text())
              .put("encoding", hmac.encoding().text())
              .put("prefix", hmac.prefix().source())
              .put("separator", hmac.separator())
              .put("timestampHeader", hmac.timestampHeader())
              .put("signed", hmac.signed().source())
              .put("secret", secret.apply(hmac.keys().current()))
              .build();
    };
  }
}
