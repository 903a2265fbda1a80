package io.fairlead.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of curl, as its manual has them: what each one means for an import.
///
/// @param name the long name, without dashes
/// @param takesValue whether the next argument belongs to it
/// @param note what is said when it is found, null for nothing
record CurlOption(String name, boolean takesValue, Meaning meaning, @Nullable String note) {
  /// What an option does to the request.
  enum Meaning {
    REQUEST,
    HEADER,
    DATA,
    DATA_RAW,
    DATA_URLENCODE,
    JSON,
    FORM,
    FORM_STRING,
    GET,
    HEAD,
    USER,
    AGENT,
    REFERER,
    COOKIE,
    URL,
    URL_QUERY,
    BEARER,
    RANGE,
    PATH_AS_IS,
    GLOB_OFF,
    /// Nothing that a connector would do in another way.
    HARMLESS,
    /// Nothing to the request, but to the call around it.
    NOTED,
    /// The request cannot be known, or not be made.
    REFUSED
  }

  private static final Map<String, Meaning> BUILT =
      Map.ofEntries(
          Map.entry("request", Meaning.REQUEST),
          Map.entry("header", Meaning.HEADER),
          Map.entry("data", Meaning.DATA),
          Map.entry("data-ascii", Meaning.DATA),
          Map.entry("data-binary", Meaning.DATA),
          Map.entry("data-raw", Meaning.DATA_RAW),
          Map.entry("data-urlencode", Meaning.DATA_URLENCODE),
          Map.entry("json", Meaning.JSON),
          Map.entry("form", Meaning.FORM),
          Map.entry("form-string", Meaning.FORM_STRING),
          Map.entry("user", Meaning.USER),
          Map.entry("user-agent", Meaning.AGENT),
          Map.entry("referer", Meaning.REFERER),
          Map.entry("cookie", Meaning.COOKIE),
          Map.entry("url", Meaning.URL),
          Map.entry("url-query", Meaning.URL_QUERY),
          Map.entry("oauth2-bearer", Meaning.BEARER),
          Map.entry("range", Meaning.RANGE));

  private static final Map<String, Meaning> BUILT_SWITCHES =
      Map.of(
          "get", Meaning.GET,
          "head", Meaning.HEAD,
          "path-as-is", Meaning.PATH_AS_IS,
          "globoff", Meaning.GLOB_OFF);

  private static final String HARMLESS_SWITCHES =
      """
      alpn append basic buffer cert-status clobber compressed compressed-ssh create-dirs crlf disable
      disable-eprt disable-epsv disallow-username-in-url doh-cert-status fail fail-early
      fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip
      ftp-ssl-ccc ftp-ssl-control http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3
      http3-only ignore-content-length include ipv4 ipv6 junk-session-cookies keepalive list-only
      mail-rcpt-allowfails metalink no-alpn no-buffer no-clobber no-keepalive no-npn
      no-progress-meter no-sessionid npn parallel parallel-immediate post301 post302 post303
      progress-bar progress-meter raw sasl-ir sessionid show-error silent skip-existing
      ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2
      sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1
      tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 trace-ids trace-time use-ascii verbose xattr
      """;

  private static final String HARMLESS_VALUES =
      """
      alt-svc ciphers create-file-mode curves dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers
      doh-url egd-file engine expect100-timeout ftp-account ftp-alternative-to-user ftp-method
      ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms hostpubmd5 hostpubsha256 hsts
      keepalive-cnt keepalive-time libcurl limit-rate local-port login-options mail-auth mail-from
      mail-rcpt max-filesize max-redirs parallel-max proto proto-redir pubkey quote random-file rate
      sasl-authzid service-name speed-limit speed-time stderr telnet-option tftp-blksize tls-max
      tls13-ciphers trace trace-ascii trace-config write-out
      """;

  private static final Map<String, CurlOption> BY_NAME = new HashMap<>();

  /// The letters in the order of {@link #LETTER_NAMES}.
  private static final String LETTERS = "XHdFGIuAebLksSvifgoOKTmxUEnrzNqJRjcDwCZ#012346BaPQYytMVhl";

  private static final List<String> LETTER_NAMES =
      List.of(
          "request",
          "header",
          "data",
          "form",
          "get",
          "head",
          "user",
          "user-agent",
          "referer",
          "cookie",
          "location",
          "insecure",
          "silent",
          "show-error",
          "verbose",
          "include",
          "fail",
          "globoff",
          "output",
          "remote-name",
          "config",
          "upload-file",
          "max-time",
          "proxy",
          "proxy-user",
          "cert",
          "netrc",
          "range",
          "time-cond",
          "no-buffer",
          "disable",
          "remote-header-name",
          "remote-time",
          "junk-session-cookies",
          "cookie-jar",
          "dump-header",
          "write-out",
          "continue-at",
          "parallel",
          "progress-bar",
          "http1.0",
          "tlsv1",
          "sslv2",
          "sslv3",
          "ipv4",
          "ipv6",
          "use-ascii",
          "append",
          "ftp-port",
          "quote",
          "speed-limit",
          "speed-time",
          "telnet-option",
          "manual",
          "version",
          "help",
          "list-only");

  static {
    BUILT.forEach((name, meaning) -> add(name, true, meaning, null));
    BUILT_SWITCHES.forEach((name, meaning) -> add(name, false, meaning, null));
    all(HARMLESS_SWITCHES, false, Meaning.HARMLESS, null);
    all(HARMLESS_VALUES, true, Meaning.HARMLESS, null);
    noted(
        "location location-trusted",
        "",
        "Fairlead does not follow redirects: an answer of 3xx fails.");
    noted("insecure doh-insecure", "", "Fairlead always checks the certificate.");
    noted(
        "remote-name remote-name-all remote-header-name remote-time no-clobber remove-on-error",
        "output output-dir cookie-jar dump-header etag-save",
        "No file is written; what comes back is in the log.");
    noted(
        "",
        "max-time connect-timeout",
        "It was not taken over; policy.timeout is how long a call may take.");
    noted(
        "retry-all-errors retry-connrefused",
        "retry retry-delay retry-max-time",
        "It was not taken over; policy.retrySchedule says when a call is repeated.");
    noted(
        "proxytunnel proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate"
            + " proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1"
            + " socks5-basic socks5-gssapi socks5-gssapi-nec haproxy-protocol proxy-http2",
        "proxy proxy-user preproxy proxy1.0 noproxy proxy-cacert proxy-capath proxy-cert"
            + " proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type"
            + " proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers"
            + " proxy-tlsauthtype proxy-tlspassword proxy-tlsuser socks4 socks4a socks5"
            + " socks5-hostname socks5-gssapi-service haproxy-clientip",
        "Fairlead calls the host itself, without this proxy.");
    noted(
        "",
        "cert cert-type key key-type pass tlsauthtype tlspassword tlsuser",
        "Client certificates are not available, so none was taken over.");
    noted(
        "ca-native proxy-ca-native",
        "cacert capath crlfile pinnedpubkey",
        "Fairlead trusts the certificates that its Java trusts.");
    noted(
        "digest ntlm ntlm-wb negotiate anyauth",
        "aws-sigv4 delegation krb",
        "This way to sign in is not available, so it was left out.");
    noted(
        "netrc netrc-optional",
        "netrc-file",
        "No file is read; if it has a password, give it as authorization.");
    noted(
        "",
        "resolve connect-to interface unix-socket abstract-unix-socket",
        "Fairlead connects to where the host's name leads.");
    noted("tr-encoding", "", "Fairlead does not ask for a compressed transfer.");
    all("time-cond etag-compare", true, Meaning.NOTED, "The condition was left out.");
    refused(
        "",
        "config upload-file variable",
        "No file is read here; put its content into the command.");
    refused("next", "", "Only one request can be taken; leave out what follows it.");
    refused("", "request-target proto-default continue-at", "Fairlead cannot send such a request.");
    refused("manual version", "help", "This asks curl about itself and sends nothing.");
  }

  private static void noted(String switches, String values, String note) {
    all(switches, false, Meaning.NOTED, note);
    all(values, true, Meaning.NOTED, note);
  }

  private static void refused(String switches, String values, String note) {
    all(switches, false, Meaning.REFUSED, note);
    all(values, true, Meaning.REFUSED, note);
  }

  private static void all(
      String names, boolean takesValue, Meaning meaning, @Nullable String note) {
    for (String name : names.strip().split("\\s+", -1)) {
      if (!name.isEmpty()) {
        add(name, takesValue, meaning, note);
      }
    }
  }

  private static void add(String name, boolean takesValue, Meaning meaning, @Nullable String note) {
    BY_NAME.put(name, new CurlOption(name, takesValue, meaning, note));
  }

  /// The option of a long name, or null. `--no-` before a switch turns it off.
  static @Nullable CurlOption named(String name) {
    CurlOption option = BY_NAME.get(name);
    if (option == null && name.startsWith("no-")) {
      CurlOption on = BY_NAME.get(name.substring(3));
      return on == null || on.takesValue
          ? null
          : new CurlOption(name, false, Meaning.HARMLESS, null);
    }
    return option;
  }

  /// The option of a letter, or null.
  static @Nullable CurlOption lettered(char letter) {
    if (letter == ':') {
      return BY_NAME.get("next");
    }
    if (letter == 'p') {
      return BY_NAME.get("proxytunnel");
    }
    int at = LETTERS.indexOf(letter);
    return at < 0 ? null : BY_NAME.get(LETTER_NAMES.get(at));
  }

  /// Every long name.
  static Iterable<String> names() {
    return BY_NAME.keySet();
  }
}
