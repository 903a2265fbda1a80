package io.fairlead.imports;

import io.fairlead.imports.ShellWords.Word;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a cURL command line. The connector sends the method, target, body and headers that curl
/// would send; where it cannot, a note says so, or the command is refused.
public final class CurlImport {
  private static final int MAX = 1 << 20;
  private static final int MAX_ARGUMENTS = 5_000;
  private static final int MAX_HEADERS = 100;
  private static final Pattern RANGE =
      Pattern.compile("\\[(?:[0-9]+-[0-9]+|[a-zA-Z]-[a-zA-Z])(?::[0-9]+)?\\]");
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/{1,3}(?!/)");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private final String text;
  private final String pointer;
  private final Faults faults;
  private final Draft draft = new Draft();

  private @Nullable String method;
  private int methodAt;
  private @Nullable Word url;
  private final List<String> urlQuery = new ArrayList<>();
  private @Nullable StringBuilder data;
  private boolean isJson;
  private final List<Json> parts = new ArrayList<>();
  private boolean hasParts;
  private boolean get;
  private boolean head;
  private boolean pathAsIs;
  private boolean globOff;
  private @Nullable String user;
  private @Nullable String bearer;
  private @Nullable String agent;
  private @Nullable String referer;
  private @Nullable String range;
  private @Nullable StringBuilder cookies;
  private boolean otherLogin;
  private final List<Word> headers = new ArrayList<>();

  private CurlImport(String text, String pointer, Faults faults) {
    this.text = text;
    this.pointer = pointer;
    this.faults = faults;
  }

  /// Reads a command.
  ///
  /// @param pointer where it stands in the request, for faults
  /// @return null when there are faults
  public static @Nullable Imported read(String text, String pointer, Faults faults) {
    return new CurlImport(text, pointer, faults).read();
  }

  private @Nullable Imported read() {
    if (text.length() > MAX) {
      faults.at(pointer, "A cURL command has at most %,d characters.".formatted(MAX));
      return null;
    }
    List<Word> words =
        switch (ShellWords.read(text)) {
          case ShellWords.Read.Words(List<Word> all) -> all;
          case ShellWords.Read.Bad(int at, String detail) -> {
            fault(at, detail);
            yield List.of();
          }
        };
    if (!faults.isEmpty()) {
      return null;
    }
    if (words.isEmpty() || !isCurl(words.getFirst().text())) {
      fault(
          words.isEmpty() ? 0 : words.getFirst().at(), "Expected a command that begins with curl.");
      return null;
    }
    if (words.size() > MAX_ARGUMENTS) {
      fault(
          words.get(MAX_ARGUMENTS).at(),
          "A command has at most %,d words.".formatted(MAX_ARGUMENTS));
      return null;
    }
    arguments(words);
    if (faults.isEmpty()) {
      request();
    }
    return faults.isEmpty() ? draft.done() : null;
  }

  private static boolean isCurl(String command) {
    String name = command.substring(command.lastIndexOf('/') + 1);
    return name.equals("curl") || name.equals("curl.exe");
  }

  private void fault(int at, String detail) {
    int line = 1;
    int lineAt = 0;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineAt = i + 1;
      }
    }
    faults.at(
        pointer,
        "Line %d, column %d: %s"
            .formatted(line, text.codePointCount(lineAt, Math.min(at, text.length())) + 1, detail));
  }

  private void arguments(List<Word> words) {
    boolean options = true;
    for (int i = 1; i < words.size(); i++) {
      Word word = words.get(i);
      String argument = word.text();
      if (options && argument.equals("--")) {
        options = false;
      } else if (options && argument.startsWith("--")) {
        i += longOption(word, i + 1 < words.size() ? words.get(i + 1) : null);
      } else if (options && argument.startsWith("-") && argument.length() > 1) {
        i += letters(word, i + 1 < words.size() ? words.get(i + 1) : null);
      } else {
        url(word);
      }
    }
  }

  /// @return how many further words it took
  private int longOption(Word word, @Nullable Word next) {
    String name = word.text().substring(2);
    CurlOption option = CurlOption.named(name);
    if (option == null) {
      int equals = name.indexOf('=');
      boolean known = equals > 0 && CurlOption.named(name.substring(0, equals)) != null;
      fault(
          word.at(),
          known
              ? "curl does not know --%s=…; the value is the next word."
                  .formatted(name.substring(0, equals))
              : "curl has no option %s.%s"
                  .formatted(
                      Draft.shown(word.text()), Members.didYouMean(name, CurlOption.names())));
      return 0;
    }
    return take(option, "--" + option.name(), word, null, next);
  }

  /// Letters in one word: switches, and at last one that may take a value.
  ///
  /// @return how many further words they took
  private int letters(Word word, @Nullable Word next) {
    String letters = word.text();
    for (int i = 1; i < letters.length(); i++) {
      CurlOption option = CurlOption.lettered(letters.charAt(i));
      if (option == null) {
        fault(
            word.at(),
            "curl has no option -%s.".formatted(Character.toString(letters.codePointAt(i))));
        return 0;
      }
      String shown = "-" + letters.charAt(i);
      if (option.takesValue()) {
        String rest = letters.substring(i + 1);
        return take(option, shown, word, rest.isEmpty() ? null : rest, next);
      }
      var _ = take(option, shown, word, null, null);
    }
    return 0;
  }

  private int take(
      CurlOption option, String shown, Word word, @Nullable String attached, @Nullable Word next) {
    if (!option.takesValue()) {
      means(option, shown, word);
      return 0;
    }
    if (attached == null && next == null) {
      fault(word.at(), "A value is missing after %s.".formatted(shown));
      return 0;
    }
    means(
        option,
        shown,
        attached != null ? new Word(word.at(), attached) : java.util.Objects.requireNonNull(next));
    return attached == null ? 1 : 0;
  }

  /// @param value the option's value, or the option itself when it takes none
  private void means(CurlOption option, String shown, Word value) {
    String given = value.text();
    switch (option.meaning()) {
      case REQUEST -> {
        method = given;
        methodAt = value.at();
      }
      case HEADER -> {
        if (given.startsWith("@")) {
          refuseFile(value, shown);
        } else {
          headers.add(value);
        }
      }
      case DATA -> data(value, shown, true);
      case DATA_RAW -> data(value, shown, false);
      case DATA_URLENCODE -> urlEncoded(value, shown);
      case JSON -> json(value, shown);
      case FORM -> part(value, shown, false);
      case FORM_STRING -> part(value, shown, true);
      case GET -> get = true;
      case HEAD -> head = true;
      case USER -> user = given;
      case AGENT -> agent = given;
      case REFERER ->
          referer = given.endsWith(";auto") ? given.substring(0, given.length() - 5) : given;
      case COOKIE -> cookie(value, shown);
      case URL -> url(value);
      case URL_QUERY -> urlQuery(value);
      case BEARER -> bearer = given;
      case RANGE -> range = given;
      case PATH_AS_IS -> pathAsIs = true;
      case GLOB_OFF -> globOff = true;
      case HARMLESS -> {}
      case NOTED -> {
        otherLogin |=
            List.of("digest", "ntlm", "ntlm-wb", "negotiate", "anyauth").contains(option.name());
        draft.note("%s: %s".formatted(shown, option.note()));
      }
      case REFUSED -> fault(value.at(), "%s: %s".formatted(shown, option.note()));
    }
  }

  private void refuseFile(Word value, String shown) {
    fault(
        value.at(),
        "%s %s reads a file, and no file is read here; put its content into the command."
            .formatted(shown, Draft.shown(value.text())));
  }

  private void url(Word word) {
    if (url != null) {
      fault(
          word.at(), "There is a URL already, and only one request can be taken; leave this out.");
      return;
    }
    url = word;
  }

  private void data(Word value, String shown, boolean mayBeFile) {
    if (mayBeFile && value.text().startsWith("@")) {
      refuseFile(value, shown);
    } else {
      append(value.text(), "&");
    }
  }

  private void append(String more, String joint) {
    StringBuilder all = data;
    if (all == null) {
      data = new StringBuilder(more);
    } else {
      all.append(joint).append(more);
    }
  }

  private void json(Word value, String shown) {
    if (value.text().startsWith("@")) {
      refuseFile(value, shown);
      return;
    }
    isJson = true;
    append(value.text(), "");
  }

  /// `content`, `=content` and `name=content`; `@file` and `name@file` are files.
  private void urlEncoded(Word value, String shown) {
    String encoded = urlEncoded(value, value.text(), shown);
    if (encoded != null) {
      append(encoded, "&");
    }
  }

  private @Nullable String urlEncoded(Word value, String given, String shown) {
    int equals = given.indexOf('=');
    if (equals < 0 && given.indexOf('@') >= 0) {
      refuseFile(value, shown);
      return null;
    }
    String content = UrlText.formEncoded(given.substring(equals + 1));
    return equals <= 0 ? content : given.substring(0, equals + 1) + content;
  }

  private void urlQuery(Word value) {
    if (value.text().startsWith("+")) {
      urlQuery.add(value.text().substring(1));
      return;
    }
    String encoded = urlEncoded(value, value.text(), "--url-query");
    if (encoded != null) {
      urlQuery.add(encoded);
    }
  }

  private void cookie(Word value, String shown) {
    if (!value.text().contains("=")) {
      if (!value.text().isEmpty()) {
        refuseFile(value, shown);
      }
      return;
    }
    StringBuilder all = cookies;
    if (all == null) {
      cookies = new StringBuilder(value.text());
    } else {
      all.append(';').append(value.text());
    }
  }

  private void part(Word value, String shown, boolean isString) {
    hasParts = true;
    switch (CurlPart.read(value.text(), isString)) {
      case CurlPart.Read.Part(Json part, var note) -> {
        parts.add(part);
        if (note != null) {
          draft.note("/body/fields/" + (parts.size() - 1), note);
        }
      }
      case CurlPart.Read.File _ -> refuseFile(value, shown);
      case CurlPart.Read.Bad(String detail) -> fault(value.at(), detail);
    }
  }

  // What the options together make of the request.

  private void request() {
    Word target = url;
    if (target == null) {
      fault(text.length(), "Expected a URL.");
      return;
    }
    if (head && ((data != null && !get) || hasParts)) {
      fault(target.at(), "curl refuses data together with -I.");
      return;
    }
    if (data != null && hasParts) {
      fault(target.at(), "curl refuses -d and -F in one command.");
      return;
    }
    method();
    String login = address(target);
    ownHeaders();
    signIn(login);
    body();
    if (UrlText.hasToken(text)) {
      draft.note("{{…}} was taken as a token: data is put in when the connector sends.");
    }
  }

  private void method() {
    String given = method;
    boolean sendsBody = (data != null && !get) || hasParts;
    if (given == null) {
      draft.method(head ? "HEAD" : sendsBody ? "POST" : "GET");
      return;
    }
    String upper = given.toUpperCase(Locale.ROOT);
    if (!Draft.METHODS.contains(upper)) {
      fault(
          methodAt,
          "A connector's method is one of %s, not %s."
              .formatted(String.join(", ", Draft.METHODS), Draft.shown(given)));
      return;
    }
    if (!given.equals(upper)) {
      draft.note("/method", "curl would send the method as typed, %s.".formatted(given));
    }
    draft.method(upper);
  }

  /// Takes the URL apart and says what a connector sends to.
  ///
  /// @return the user name and password in it, or null
  private @Nullable String address(Word word) {
    String whole = word.text();
    if (whole.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      fault(word.at(), "A URL has no blanks and no control characters.");
      return null;
    }
    String globbed = globbed(word);
    if (globbed == null) {
      return null;
    }
    String scheme = "http";
    String rest = globbed;
    var matcher = SCHEME.matcher(globbed);
    if (matcher.lookingAt()) {
      scheme = matcher.group(1).toLowerCase(Locale.ROOT);
      rest = globbed.substring(matcher.end());
    } else {
      draft.note("/url", "The URL has no scheme; curl takes http://.");
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      fault(
          word.at(),
          "Only http:// and https:// can be called, not %s.".formatted(Draft.shown(scheme)));
      return null;
    }
    int end = endOfAuthority(rest);
    String authority = rest.substring(0, end);
    String target = rest.substring(end);
    int fragment = outsideTokens(target, '#');
    if (fragment >= 0) {
      target = target.substring(0, fragment);
    }
    String login = null;
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      login = authority.substring(0, at);
      authority = authority.substring(at + 1);
    }
    if (authority.isEmpty()) {
      fault(word.at(), "Expected a host in the URL.");
      return null;
    }
    String path = path(target);
    if (path.chars().anyMatch(c -> c <= ' ')) {
      fault(word.at(), "curl sends no blanks in a URL; --data-urlencode would encode them.");
      return null;
    }
    int unfit = UrlText.firstUnfit(path);
    if (unfit >= 0) {
      draft.note(
          "/url",
          "A URL may not have %s as it is; it was percent-encoded."
              .formatted(Character.toString(path.codePointAt(unfit))));
      path = UrlText.fit(path);
    }
    draft.url(scheme + "://" + authority + path);
    draft.name(draft.method() + " " + authority + path);
    return login;
  }

  private static int endOfAuthority(String rest) {
    int i = 0;
    while (i < rest.length() && "/?#".indexOf(rest.charAt(i)) < 0) {
      i = Math.max(i + 1, UrlText.afterToken(rest, i));
    }
    return i;
  }

  private static int outsideTokens(String target, char wanted) {
    int i = 0;
    while (i < target.length()) {
      if (target.charAt(i) == wanted) {
        return i;
      }
      i = Math.max(i + 1, UrlText.afterToken(target, i));
    }
    return -1;
  }

  /// Path and query, with what -G and --url-query add to it.
  private String path(String target) {
    int mark = outsideTokens(target, '?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (path.isEmpty()) {
      path = "/";
    }
    if (!pathAsIs) {
      path = UrlText.withoutDots(path);
    }
    var query = new StringBuilder(mark < 0 ? "" : target.substring(mark + 1));
    boolean marked = mark >= 0;
    var more = new ArrayList<String>();
    StringBuilder form = data;
    if (get && form != null && !hasParts) {
      more.add(form.toString());
    }
    more.addAll(urlQuery);
    for (String part : more) {
      if (!query.isEmpty()) {
        query.append('&');
      }
      query.append(part);
      marked = true;
    }
    return marked ? path + "?" + query : path;
  }

  /// The URL after curl's own reading of braces and brackets, or null and a fault.
  private @Nullable String globbed(Word word) {
    String whole = word.text();
    if (globOff) {
      return whole;
    }
    var out = new StringBuilder(whole.length());
    int i = 0;
    while (i < whole.length()) {
      char c = whole.charAt(i);
      int after = UrlText.afterToken(whole, i);
      if (after > i) {
        out.append(whole, i, after);
        i = after;
      } else if (c == '{' || c == '}') {
        fault(
            word.at(),
            "curl reads { and } in a URL as a choice of several. A token is written {{Name}}; a brace itself %7B.");
        return null;
      } else if (c == '[' && RANGE.matcher(whole).region(i, whole.length()).lookingAt()) {
        fault(word.at(), "A range in brackets makes several requests, and only one can be taken.");
        return null;
      } else if (c == '\\' && i + 1 < whole.length() && "{}[]".indexOf(whole.charAt(i + 1)) >= 0) {
        out.append(whole.charAt(i + 1));
        i += 2;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private void ownHeaders() {
    if (headers.size() > MAX_HEADERS) {
      fault(
          headers.get(MAX_HEADERS).at(),
          "A connector has at most %d headers.".formatted(MAX_HEADERS));
      return;
    }
    for (Word word : headers) {
      String line = word.text();
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (colon < 0 && line.endsWith(";")) {
        draft.header(line.substring(0, line.length() - 1), "");
      } else if (colon < 0) {
        draft.note("curl sends no header of %s, which has no colon.".formatted(Draft.shown(line)));
      } else if (value.isEmpty()) {
        removed(name);
      } else if (name.equalsIgnoreCase("Authorization") && !draft.hasAuthorization()) {
        draft.authorizationHeader(name, value);
      } else {
        draft.header(name, value);
      }
    }
    setUnlessOwn("User-Agent", agent);
    setUnlessOwn("Referer", referer);
    setUnlessOwn("Range", range == null ? null : "bytes=" + range);
    setUnlessOwn("Cookie", cookies == null ? null : cookies.toString());
  }

  private void removed(String name) {
    if (name.equalsIgnoreCase("User-Agent")) {
      draft.note("Fairlead sends a User-Agent of its own.");
    }
  }

  private void setUnlessOwn(String name, @Nullable String value) {
    if (value == null || isOwn(name)) {
      return;
    }
    if (value.isEmpty()) {
      removed(name);
    } else {
      draft.header(name, value.strip());
    }
  }

  /// Whether a header of that name was given, be it to take it away.
  private boolean isOwn(String name) {
    return headers.stream()
        .map(Word::text)
        .anyMatch(line ->
            line.regionMatches(true, 0, name, 0, name.length())
                && line.length() > name.length()
                && ":;".indexOf(line.charAt(name.length())) >= 0);
  }

  /// @param inUrl user name and password of the URL
  private void signIn(@Nullable String inUrl) {
    String token = bearer;
    String pair = user;
    if (isOwn("Authorization") || (token == null && pair == null && inUrl == null)) {
      return;
    }
    if (token != null) {
      draft.authorizationHeader("Authorization", "Bearer " + token);
      return;
    }
    if (pair == null && inUrl != null) {
      int colon = inUrl.indexOf(':');
      String name = UrlText.percentDecoded(colon < 0 ? inUrl : inUrl.substring(0, colon));
      String password = UrlText.percentDecoded(colon < 0 ? "" : inUrl.substring(colon + 1));
      pair = name == null || password == null ? null : name + ":" + password;
    }
    if (otherLogin) {
      return;
    }
    if (pair == null) {
      draft.note("The user name and password of the URL are no text, so they were left out.");
      return;
    }
    if (pair.indexOf(':') < 0) {
      draft.note(
          "/authorization/password", "curl would ask for the password; give it, or null for none.");
      pair += ":";
    }
    if (UrlText.hasToken(pair)) {
      draft.note("/authorization", "Tokens may not stand in an authorization; give its text.");
    }
    if (!draft.basicPair(pair)) {
      String encoded =
          Base64.getEncoder()
              .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      draft.header("Authorization", "Basic " + encoded);
    }
  }

  private void body() {
    StringBuilder given = data;
    if (hasParts) {
      multipart();
    } else if (given == null || get) {
      draft.noBody();
    } else if (!draft.mayHaveBody()) {
      draft.note(
          "/body",
          "curl would send a body with %s; a connector cannot, so it was left out."
              .formatted(draft.method()));
    } else {
      data(given.toString());
    }
  }

  private void multipart() {
    if (!draft.mayHaveBody()) {
      draft.note(
          "/body",
          "curl would send a body with %s; a connector cannot, so it was left out."
              .formatted(draft.method()));
      return;
    }
    draft.body(Json.object().put("type", "multipart").put("fields", Json.array(parts)).build());
  }

  private void data(String content) {
    if (!isOwn("Content-Type")) {
      draft.header("Content-Type", isJson ? JSON : FORM);
    } else if (!draft.hasHeader("Content-Type")) {
      draft.note(
          "/body", "curl would send no Content-Type; a connector sends one with every body.");
    }
    if (isJson && !isOwn("Accept")) {
      draft.header("Accept", JSON);
    }
    if (content.isEmpty()) {
      draft.noBody();
      return;
    }
    String type = mediaType();
    boolean json = (type.equals(JSON) || type.endsWith("+json")) && looksLikeJson(content);
    if (type.equals(FORM)
        && !isOwn("Content-Type")
        && !UrlText.hasToken(content)
        && isJson(content)) {
      draft.note(
          "/headers",
          "The body is JSON, but without -H 'Content-Type: application/json' curl says that it is a form.");
    }
    draft.body(Json.object().put("type", json ? "json" : "raw").put("template", content).build());
  }

  private String mediaType() {
    String value = draft.header("Content-Type");
    return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean looksLikeJson(String content) {
    return UrlText.hasToken(content) || isJson(content);
  }

  private static boolean isJson(String content) {
    return !content.isBlank()
        && "{[".indexOf(content.strip().charAt(0)) >= 0
        && new JsonReader().read(content) instanceof JsonReader.Result.Read;
  }
}
