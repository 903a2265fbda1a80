package io.fairlead.authorization;

import io.fairlead.json.Faults;
import io.fairlead.render.BodyText;
import io.fairlead.render.Field;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Whether a request has room for what an authorization adds to it. Told when a connector is saved:
/// a header, parameter or member that stands twice means something else to each receiver.
public final class Clashes {
  private final RequestText request;
  private final Auth auth;
  private final Faults faults;

  private Clashes(RequestText request, Auth auth, Faults faults) {
    this.request = request;
    this.auth = auth;
    this.faults = faults;
  }

  /// Notes what stands in the way, with pointers into the connector's document.
  public static void note(RequestText request, Auth auth, Faults faults) {
    new Clashes(request, auth, faults).note();
  }

  /// The headers that a credential is sent in.
  static Set<String> headers(Credential credential) {
    return switch (credential) {
      case Credential.None none -> Set.of();
      case Credential.Basic basic -> Set.of("Authorization");
      case Credential.Bearer bearer -> Set.of("Authorization");
      case Credential.ApiKey key ->
          switch (key.in()) {
            case HEADER -> Set.of(key.name());
            case COOKIE -> Set.of("Cookie");
            case QUERY, BODY, TOKEN -> Set.of();
          };
      case Credential.Custom custom -> names(custom, Place.HEADER);
    };
  }

  private static Set<String> headers(Signing signing) {
    return switch (signing) {
      case Signing.None none -> Set.of();
      case Signing.StandardWebhooks standard ->
          Set.of("webhook-id", "webhook-timestamp", "webhook-signature");
      case Signing.Hmac hmac ->
          hmac.timestampHeader() == null
              ? Set.of(hmac.header())
              : Set.of(hmac.header(), hmac.timestampHeader());
    };
  }

  private static Set<String> query(Credential credential) {
    return switch (credential) {
      case Credential.None none -> Set.of();
      case Credential.Basic basic -> Set.of();
      case Credential.Bearer bearer -> Set.of();
      case Credential.ApiKey key -> key.in() == Place.QUERY ? Set.of(key.name()) : Set.of();
      case Credential.Custom custom -> names(custom, Place.QUERY);
    };
  }

  private static Set<String> body(Credential credential) {
    return credential instanceof Credential.Custom custom ? names(custom, Place.BODY) : Set.of();
  }

  private static Set<String> names(Credential.Custom custom, Place place) {
    var names = new LinkedHashSet<String>();
    for (Credential.Parameter one : custom.parameters()) {
      if (one.in() == place) {
        names.add(one.name());
      }
    }
    return names;
  }

  private void note() {
    Map<String, String> taken = new LinkedHashMap<>();
    headers(auth.credential()).forEach(name -> taken.put(lower(name), "authorization"));
    for (String name : headers(auth.signing())) {
      if (taken.putIfAbsent(lower(name), "signing") != null) {
        faults.at(
            "/signing",
            "The connector's authorization sends the header %s already.".formatted(name));
      }
    }
    List<Row> rows = request.headers();
    for (int i = 0; i < rows.size(); i++) {
      String by = taken.get(lower(rows.get(i).name()));
      if (by != null) {
        faults.at(
            "/headers/" + i + "/name",
            "The connector's %s sends this header; leave one of the two out.".formatted(by));
      }
    }
    noteQuery(query(auth.credential()));
    noteBody(body(auth.credential()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void noteQuery(Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    List<Row> rows = request.query();
    for (int i = 0; i < rows.size(); i++) {
      if (names.contains(rows.get(i).name())) {
        faults.at(
            "/query/" + i + "/name",
            "The connector's authorization sends this parameter; leave one of the two out.");
      }
    }
    int question = request.url().indexOf('?');
    if (question >= 0) {
      for (String pair : request.url().substring(question + 1).split("&", -1)) {
        String name = decoded(pair.split("=", 2)[0]);
        if (names.contains(name)) {
          faults.at(
              "/url",
              "The connector's authorization sends the query parameter %s; leave one of the two out."
                  .formatted(name));
        }
      }
    }
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private void noteBody(Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    switch (BodyShape.of(request)) {
      case JSON, FORM -> {}
      case OTHER ->
          faults.at(
              "/body",
              "The connector's authorization adds to the body, which works in json and form only.");
      case NONE ->
          faults.at("/body", "The connector's authorization adds to the body, and there is none.");
    }
    List<Field> fields =
        switch (request.body()) {
          case BodyText.JsonFields(List<Field> rows) -> rows;
          case BodyText.FormFields(List<Field> rows) -> rows;
          // What a template or the data holds is known only when it is sent.
          case BodyText.JsonTemplate template -> List.of();
          case BodyText.FormTemplate template -> List.of();
          case BodyText.ByMethod event -> List.of();
          case BodyText.Data data -> List.of();
          case BodyText.None none -> List.of();
          case BodyText.XmlFields xml -> List.of();
          case BodyText.XmlTemplate xml -> List.of();
          case BodyText.Multipart parts -> List.of();
          case BodyText.Raw raw -> List.of();
        };
    for (int i = 0; i < fields.size(); i++) {
      if (names.contains(fields.get(i).name())) {
        faults.at(
            "/body/fields/" + i + "/name",
            "The connector's authorization sends this member; leave one of the two out.");
      }
    }
  }
}
