package io.fairlead.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Problem.Fault;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Home;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands and bindings from texts, for tests.
final class Drafts {
  static final Definition STATEMENT =
      definition(
          """
          {"name":"GetStatement","sentence":"Shows a statement.",
           "inputs":[{"name":"CustomerId"},{"name":"Year","type":"number","required":false}],
           "answer":{"type":"document","contentTypes":["application/pdf"]}}
          """);

  final AuthorizationCatalog authorizations = new AuthorizationCatalog();
  final AdaptorCatalog adaptors = new AdaptorCatalog();
  final Catalog connectors = new Catalog();
  final Home home = new Home(1, "t1", authorizations, adaptors);
  final Command command = new Command(9, STATEMENT, 1, 0, 0);

  static Json json(String text) {
    return new JsonReader().readTrusted(text.getBytes(StandardCharsets.UTF_8));
  }

  static Definition definition(String text) {
    var faults = new Faults();
    Definition read = CommandDocument.create(json(text), faults);
    assertThat(faults.list()).isEmpty();
    return requireNonNull(read);
  }

  static List<Fault> definitionFaults(String text) {
    var faults = new Faults();
    Definition read = CommandDocument.create(json(text), faults);
    assertThat(read == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }

  BindingDraft binding(String text, @Nullable Binding before) {
    var faults = new Faults();
    BindingDraft read = BindingDocument.read(json(text), command, before, home, connectors, faults);
    assertThat(faults.list()).isEmpty();
    return requireNonNull(read);
  }

  Binding saved(String text) {
    return new Binding(5, 1, "t1", command.name(), binding(text, null).spec(), 1, 0, 0);
  }

  List<Fault> bindingFaults(String text, @Nullable Binding before) {
    var faults = new Faults();
    BindingDraft read = BindingDocument.read(json(text), command, before, home, connectors, faults);
    assertThat(read == null).isEqualTo(!faults.isEmpty());
    return faults.list();
  }
}
