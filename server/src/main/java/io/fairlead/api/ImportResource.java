package io.fairlead.api;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Refused;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Home;
import io.fairlead.http.Response;
import io.fairlead.imports.Choice;
import io.fairlead.imports.ConnectorFile;
import io.fairlead.imports.CurlExport;
import io.fairlead.imports.CurlImport;
import io.fairlead.imports.Imported;
import io.fairlead.imports.Note;
import io.fairlead.imports.OpenApiImport;
import io.fairlead.imports.PostmanImport;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.json.YamlReader;
import io.fairlead.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Drafts of connectors from what other tools write, and connectors as they write them. Nothing is
/// saved, fetched or opened, and what was sent is not logged.
public final class ImportResource {
  /// The largest request, in bytes. A document of an API may be large.
  static final int MAX_BYTES = 8 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> KINDS = List.of("curl", "openapi", "postman", "json");
  private static final List<String> FORMATS = List.of("curl", "json");

  private final Catalog catalog;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;

  /// A tree takes many times the memory of its text, so only one is read at a time.
  private final Semaphore turn = new Semaphore(1, true);

  public ImportResource(
      Catalog catalog, AuthorizationCatalog authorizations, AdaptorCatalog adaptors) {
    this.catalog = catalog;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
  }

  Response read(Call call) {
    boolean mine = false;
    try {
      mine = turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!mine) {
        throw new Refused(
            Problem.unavailable("Other imports are being read. Send it again.", PATIENCE));
      }
      return draft(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Problem.unavailable("The hub is stopping.", PATIENCE));
    } finally {
      if (mine) {
        turn.release();
      }
    }
  }

  private Response draft(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    List<String> given = KINDS.stream().filter(members::has).toList();
    if (given.size() != 1 && call.faults().isEmpty()) {
      call.faults().at("", "Expected one of %s.".formatted(String.join(", ", KINDS)));
    }
    Imported imported =
        given.size() == 1 ? imported(members, given.getFirst(), call.faults()) : null;
    members.refuseOthers();
    call.refuse();
    if (imported == null) {
      throw new IllegalStateException("nothing was imported and nothing says why");
    }
    return Answers.json(200, json(call, imported));
  }

  private static @Nullable Imported imported(Members members, String kind, Faults faults) {
    return switch (kind) {
      case "curl" -> {
        String command = members.text(kind, TextRule.any(1, MAX_BYTES));
        yield faults.isEmpty() ? CurlImport.read(command, "/curl", faults) : null;
      }
      case "openapi" -> {
        JsonObject document = document(members, kind);
        Json operation = members.get("operation");
        yield document == null ? null : OpenApiImport.read(document, operation, faults);
      }
      case "postman" -> {
        JsonObject document = document(members, kind);
        String request = members.optionalText("request", TextRule.any(1, 1_000));
        yield document == null || !faults.isEmpty()
            ? null
            : PostmanImport.read(document, request, faults);
      }
      default -> ConnectorFile.read(members.required(kind), "/json", faults);
    };
  }

  /// A document as an object, or as text: JSON, or YAML.
  private static @Nullable JsonObject document(Members members, String kind) {
    Json given = members.required(kind);
    if (given instanceof JsonString(String text)) {
      JsonReader.Result read =
          text.stripLeading().startsWith("{")
              ? new JsonReader().read(text)
              : YamlReader.read(text, MAX_BYTES);
      switch (read) {
        case JsonReader.Result.Malformed(String detail) -> {
          members.fault(kind, detail);
          return null;
        }
        case JsonReader.Result.Read(Json value) -> given = value;
      }
    }
    if (given instanceof JsonObject object) {
      return object;
    }
    members.fault(kind, "%s must be an object, or text of one in JSON or YAML.".formatted(kind));
    return null;
  }

  private Json json(Call call, Imported imported) {
    return switch (imported) {
      case Imported.Choices(List<Choice> choices) ->
          Json.object()
              .put("connector", Json.JsonNull.NULL)
              .put("notes", Json.array(List.of()))
              .put("choices", Json.array(choices.stream().map(Choice::json).toList()))
              .build();
      case Imported.Made made -> {
        Set<Note> notes = new LinkedHashSet<>(made.notes());
        notes.addAll(missing(call, made));
        Json.Builder answer =
            Json.object()
                .put("connector", made.connector())
                .put("notes", Json.array(notes.stream().map(Note::json).toList()));
        if (!made.sample().members().isEmpty()) {
          answer.put("sample", made.sample());
        }
        yield answer.build();
      }
    };
  }

  /// What `POST /v1/connectors` would still say of the draft, where no note has said it.
  private List<Note> missing(Call call, Imported.Made imported) {
    var faults = new Faults();
    var _ = ConnectorDocument.create(imported.connector(), home(call.tenant()), faults);
    List<@Nullable String> told =
        imported.notes().stream().<@Nullable String>map(Note::pointer).toList();
    var more = new ArrayList<Note>();
    for (Fault fault : faults.list()) {
      if (!told.contains(fault.at())) {
        more.add(new Note(fault.at(), fault.detail()));
      }
    }
    return more;
  }

  private Home home(Tenant tenant) {
    return new Home(tenant.id(), tenant.name(), authorizations, adaptors);
  }

  Response export(Call call) {
    String as = call.parameters().word("as", FORMATS, "json");
    long id = call.id(Connector.PREFIX, "connector");
    Connector connector = catalog.get(id);
    if (connector == null || connector.tenant() != call.tenant().id()) {
      throw Answers.notFound("connector", Ids.text(Connector.PREFIX, id));
    }
    var settings = ConnectorDocument.settings(connector);
    return as.equals("json")
        ? Answers.json(200, ConnectorFile.of(settings))
        : Response.of(
            200,
            "text/plain; charset=utf-8",
            CurlExport.of(settings).getBytes(StandardCharsets.UTF_8));
  }
}
