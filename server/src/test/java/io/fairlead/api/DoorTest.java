package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.Contract.Example;
import io.fairlead.api.Contract.Operation;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// Every operation of the contract, held to its roles, its parameters and its methods.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTest {
  private static final String EMAIL = "ann@example.com";
  private static final List<String> ROLES = List.of("ingest", "viewer", "power_user", "admin");

  private final Contract contract = HubClient.contract();
  private final Map<String, String> keys = new HashMap<>();
  private TestHub hub;
  private HubClient operator;
  private People people;

  @BeforeAll
  void start() {
    hub = TestHub.start(Dialect.SQLITE);
    operator = hub.client();
    people = new People(hub);
    people.makeFirst();
    for (String tenant : List.of("acme", "other")) {
      var _ = operator.post("/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant));
    }
    for (String role : ROLES) {
      Answer made =
          operator
              .forTenant("acme")
              .post(
                  "/v1/api-keys",
                  "{\"name\":\"k\",\"role\":\"%s\",\"email\":\"%s\"}".formatted(role, EMAIL));
      keys.put(role, made.json().get("key").asString());
    }
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  /// A client with a key in the headers where the operation looks for it.
  private HubClient with(@Nullable String key, Operation operation) {
    return operation.asksEmail() && key != null
        ? operator.withEmail(EMAIL, key)
        : operator.withKey(key);
  }

  /// The operator, where that may call at all.
  private HubClient mostPowerful(Operation operation) {
    return operation.asksEmail() ? with(keys.get("admin"), operation) : operator;
  }

  private static boolean isOpen(Operation operation) {
    return operation.roles().isEmpty();
  }

  private static boolean isOfTenant(Operation operation) {
    return !isOpen(operation)
        && !operation.roles().contains("operator")
        && !operation.roles().contains("user");
  }

  /// Sends the operation's first example to an id that names nothing.
  private static Answer send(HubClient client, Operation operation, String query) {
    String path = operation.path().replaceAll("\\{[a-z]+}", "none") + query;
    List<Example> examples = Contract.examples(operation);
    if (examples.isEmpty()) {
      return client.send(operation.method(), path, null, new byte[0]);
    }
    JsonNode body = examples.getFirst().body();
    return client.send(
        operation.method(),
        path,
        examples.getFirst().mediaType(),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anOperationIsForItsRolesOnly() {
    for (Operation operation : contract.operations()) {
      if (isOpen(operation)) {
        continue;
      }
      for (String role : ROLES) {
        Answer answer = send(with(keys.get(role), operation), operation, "");
        boolean mayCall = operation.roles().contains(role);
        assertThat(answer.status() != 403)
            .as("%s %s as %s: %s", operation.method(), operation.path(), role, answer)
            .isEqualTo(mayCall);
      }
    }
  }

  @Test
  void withoutAGoodKeyNothingIsDone() {
    for (Operation operation : contract.operations()) {
      for (String key : new String[] {null, "", "flk_none", TestHub.OPERATOR_KEY + "x"}) {
        Answer answer = send(with(key, operation), operation, "");
        assertThat(answer.status() == 401)
            .as("%s %s with %s: %s", operation.method(), operation.path(), key, answer)
            .isEqualTo(!isOpen(operation));
      }
    }
    HubClient basic = operator.withKey(null).with("Authorization", "Basic Zm9vOmJhcg==");
    assertThat(basic.get("/v1/connectors").status()).isEqualTo(401);
  }

  @Test
  void aKeyIsForItsTenantOnly() {
    for (Operation operation : contract.operations()) {
      HubClient admin = with(keys.get("admin"), operation);
      if (!isOfTenant(operation) || !operation.roles().contains("admin")) {
        continue;
      }
      assertThat(send(admin.forTenant("acme"), operation, "").status()).isNotEqualTo(403);
      assertThat(send(admin.forTenant("other"), operation, "").status()).isEqualTo(403);
      assertThat(send(admin.forTenant("nobody"), operation, "").status()).isEqualTo(403);
      if (operation.asksEmail()) {
        continue;
      }
      Answer answer = send(operator.forTenant("nobody"), operation, "");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.faults()).containsExactly("Fairlead-Tenant");
    }
  }

  @Test
  void anUnknownQueryParameterIsRefusedByName() {
    for (Operation operation : contract.operations()) {
      if (isOpen(operation) || operation.path().equals("/metrics")) {
        continue;
      }
      HubClient caller =
          operation.roles().contains("user") ? people.first() : mostPowerful(operation);
      Answer answer = send(caller, operation, "?nonsense=1&limits=2");
      assertThat(answer.status())
          .as("%s %s: %s", operation.method(), operation.path(), answer)
          .isEqualTo(400);
      assertThat(answer.faults()).contains("nonsense", "limits");
    }
  }

  @Test
  void eachQueryParameterOfTheContractIsKnown() {
    for (Operation operation : contract.operations()) {
      for (JsonNode parameter : operation.parameters()) {
        if (!parameter.get("in").asString().equals("query")) {
          continue;
        }
        String name = parameter.get("name").asString();
        Answer answer = send(mostPowerful(operation), operation, "?" + name + "=%01");
        assertThat(answer.status()).as("%s %s", operation.path(), name).isEqualTo(400);
        assertThat(answer.faults()).contains(name).isSubsetOf(withRequired(operation, name));
        assertThat(answer.text()).doesNotContain("There is no query parameter");
      }
    }
  }

  /// A parameter, and those that are missing beside it.
  private static List<String> withRequired(Operation operation, String name) {
    return Stream.concat(
            Stream.of(name),
            operation.parameters().stream()
                .filter(one -> one.path("required").asBoolean(false))
                .map(one -> one.get("name").asString()))
        .toList();
  }

  @Test
  void otherMethodsAreNotAllowed() {
    for (Operation operation : contract.operations()) {
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "GET")) {
        boolean there =
            contract.operations().stream()
                .anyMatch(
                    one -> one.path().equals(operation.path()) && one.method().equals(method));
        if (!there) {
          String path = operation.path().replaceAll("\\{[a-z]+}", "none");
          Answer answer = operator.send(method, path, null, new byte[0]);
          assertThat(answer.status()).isEqualTo(405);
          assertThat(answer.header("Allow")).contains(operation.method());
        }
      }
    }
  }

  @Test
  void anUnknownPathIsNotThere() {
    for (String path : List.of("/", "/v1", "/v1/", "/v1/connector", "/v1/events/", "/v2/events")) {
      assertThat(operator.get(path).status()).as(path).isIn(404, 405);
    }
  }
}
