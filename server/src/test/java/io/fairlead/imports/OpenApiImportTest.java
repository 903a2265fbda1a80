package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenApiImportTest {
  private static final String PETS =
      """
      openapi: 3.0.3
      info: {title: Pets, version: 1.0}
      servers:
        - url: https://{region}.pets.example/v1/
          variables: {region: {default: eu, enum: [eu, us]}}
      security: [{key: []}]
      paths:
        /pets/{petId}/tags/{tag}:
          parameters:
            - {name: petId, in: path, required: true, schema: {type: integer, example: 7}}
          put:
            operationId: tagPet
            summary: Tag a pet
            parameters:
              - {name: tag, in: path, required: true, schema: {type: string}}
              - {name: X-Trace, in: header, schema: {type: string}}
              - {name: dry, in: query, required: true, schema: {type: boolean}}
              - {name: kinds, in: query, explode: false, schema: {type: array, items: {type: string}}}
              - {name: 'sort[]', in: query, schema: {type: array, items: {type: string}}}
              - {name: only, in: query, required: true, schema: {type: string, enum: [this]}}
              - {name: Accept, in: header, schema: {type: string}}
              - {$ref: '#/components/parameters/Limit'}
            requestBody: {$ref: '#/components/requestBodies/Tag'}
            responses:
              '200': {description: ok, content: {application/json: {}}}
        /pets:
          get:
            summary: All of them
            security: []
            responses: {}
          post:
            operationId: addPet
            servers: [{url: /api}]
            security: [{basic: []}]
            requestBody:
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    required: [name]
                    properties:
                      name: {type: string}
                      kinds: {type: array, items: {type: string}}
                      owner: {type: object}
            responses: {default: {description: x}}
      components:
        parameters:
          Limit: {name: limit, in: query, schema: {type: integer, default: 10}}
        requestBodies:
          Tag:
            content:
              application/json: {schema: {$ref: '#/components/schemas/Tag'}}
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          basic: {type: http, scheme: basic}
        schemas:
          Named: {type: object, required: [name], properties: {name: {type: string, example: good}}}
          Tag:
            allOf:
              - {$ref: '#/components/schemas/Named'}
              - type: object
                required: [by, kind]
                properties:
                  id: {type: integer, readOnly: true}
                  kind: {type: string, enum: [tag]}
                  by: {type: object, required: [user], properties: {user: {type: string}, at: {type: string, format: date}}}
                  weight: {type: number}
                  first name: {type: string}
                  parent: {$ref: '#/components/schemas/Tag'}
      """;

  private static JsonObject document(String yaml) {
    return (JsonObject) ((JsonReader.Result.Read) YamlReader.read(yaml, 1 << 20)).value();
  }

  private static Imported.Made made(String yaml, String operation) {
    var faults = new Faults();
    Imported imported = OpenApiImport.read(document(yaml), Json.of(operation), faults);
    assertThat(faults.list()).isEmpty();
    return (Imported.Made) Objects.requireNonNull(imported);
  }

  private static String fault(String yaml, @Nullable Json operation) {
    var faults = new Faults();
    assertThat(OpenApiImport.read(document(yaml), operation, faults)).isNull();
    return faults.list().getFirst().at() + " " + faults.list().getFirst().detail();
  }

  private static String text(Json json) {
    return new String(JsonWriter.bytes(json), StandardCharsets.UTF_8);
  }

  @Test
  void anOperationBecomesRowsOfTokens() {
    Imported.Made made = made(PETS, "tagPet");
    assertThat(text(made.connector()))
        .isEqualTo(
            """
            {"name":"Tag a pet","method":"PUT",\
            "url":"https://eu.pets.example/v1/pets/{{petId}}/tags/{{tag}}",\
            "headers":[{"name":"X-Trace","value":"{{X-Trace?}}"},{"name":"Accept","value":"application/json"}],\
            "query":[{"name":"dry","value":"{{dry}}"},{"name":"only","value":"this"},\
            {"name":"kinds","value":"{{kinds? | join:\\",\\"}}"},\
            {"name":"sort[]","value":"{{[\\"sort[]\\"][0]?}}"},{"name":"limit","value":"{{limit?}}"}],\
            "body":{"type":"json","fields":[{"name":"name","value":"{{name}}"},\
            {"name":"kind","value":"tag"},{"name":"by.user","value":"{{by.user}}"},\
            {"name":"by.at","value":"{{by.at?}}"},{"name":"weight","value":"{{weight?}}"},\
            {"name":"[\\"first name\\"]","value":"{{[\\"first name\\"]?}}"},\
            {"name":"parent","value":"{{parent?}}"}]},\
            "authorization":{"kind":"apiKey","in":"header","keyName":"X-Key"},\
            "response":{"type":"json"}}\
            """);
    assertThat(text(made.sample()))
        .contains(
            "\"petId\":7",
            "\"name\":\"good\"",
            "\"by\":{\"user\":\"text\",\"at\":\"2026-03-02\"}",
            "\"limit\":10");
    assertThat(made.notes().stream().map(Note::pointer)).contains("/url", "/authorization/key");
  }

  @Test
  void aServerThatIsNotSaidIsLeftToFillIn() {
    Imported.Made made = made(PETS, "POST /pets");
    assertThat(text(made.connector()))
        .contains(
            "\"url\":\"https://server.invalid/api/pets\"",
            "{\"type\":\"form\",\"fields\":[{\"name\":\"name\",\"value\":\"{{name}}\"},"
                + "{\"name\":\"kinds\",\"value\":\"{{kinds[0]?}}\"},"
                + "{\"name\":\"owner\",\"value\":\"{{owner? | json}}\"}]}",
            "{\"kind\":\"basic\",\"username\":\"\",\"password\":null}");
    assertThat(made.notes().stream().map(Note::pointer))
        .contains("/url", "/authorization/username", "/body/fields/1/value");
  }

  @Test
  void withoutANameTheyAreListed() {
    Imported all = OpenApiImport.read(document(PETS), null, new Faults());
    assertThat(all).isInstanceOf(Imported.Choices.class);
    assertThat(((Imported.Choices) Objects.requireNonNull(all)).choices())
        .extracting(Choice::choose)
        .containsExactly("tagPet", "GET /pets", "addPet");
  }

  @Test
  void byMethodAndPath() {
    Json both = Json.object().put("method", "get").put("path", "/pets").build();
    Imported imported = OpenApiImport.read(document(PETS), both, new Faults());
    assertThat(text(((Imported.Made) Objects.requireNonNull(imported)).connector()))
        .isEqualTo(
            "{\"name\":\"All of them\",\"method\":\"GET\",\"url\":\"https://eu.pets.example/v1/pets\"}");
  }

  @Test
  void aWrongNameHasTheNearest() {
    assertThat(fault(PETS, Json.of("tagPets")))
        .isEqualTo("/operation There is no operation tagPets. Did you mean tagPet?");
    assertThat(fault(PETS, Json.of("zzz"))).contains("Leave operation out");
    assertThat(fault(PETS, Json.of(7))).startsWith("/operation operation is an operationId");
  }

  @Test
  void otherVersions() {
    assertThat(fault("swagger: '2.0'\npaths: {}", null)).contains("Swagger 2.0");
    assertThat(fault("openapi: 4.0.0\npaths: {}", null)).contains("3.0 or 3.1");
    assertThat(fault("openapi: 3.1.0\npaths: {}", null)).contains("no operations");
  }

  @Test
  void nothingOutsideIsOpened() {
    String remote = "openapi: 3.1.0\npaths: {/a: {post: {parameters: [{$ref: '%s'}]}}}";
    for (String reference :
        new String[] {
          "file:///etc/passwd", "http://127.0.0.1:1/x", "../x.yaml#/a", "/etc/passwd", "x.json"
        }) {
      assertThat(fault(remote.formatted(reference), null)).contains("leads out of the document");
    }
    assertThat(fault("openapi: 3.1.0\npaths: {/a: {get: {$ref: 'x.yml'}}}", null))
        .contains("leads out of the document");
    assertThat(fault(remote.formatted("#/components/none"), null)).contains("leads to nothing");
    assertThat(
            fault(
                "openapi: 3.1.0\npaths: {/a: {post: {parameters: [{$ref: '#/x'}]}}}\nx: {$ref: '#/x'}",
                null))
        .contains("leads to itself");
  }

  @Test
  void newerTypesAndAlternatives() {
    String yaml =
        """
        openapi: 3.1.0
        servers: [{url: https://a.example}]
        paths:
          /a:
            post:
              requestBody:
                content:
                  application/vnd.api+json:
                    schema:
                      oneOf:
                        - {type: object, properties: {a: {type: [string, 'null']}, b: {const: 1}}}
                        - {type: object, properties: {c: {}}}
              responses: {'201': {description: x, content: {application/pdf: {}}}}
        """;
    Imported.Made made = made(yaml, "POST /a");
    assertThat(text(made.connector()))
        .contains(
            "{\"name\":\"Content-Type\",\"value\":\"application/vnd.api+json\"}",
            "{\"name\":\"a\",\"value\":\"{{a?}}\"},{\"name\":\"b\",\"value\":\"{{b?}}\"}",
            "\"response\":{\"type\":\"binary\"}");
    assertThat(made.notes().toString()).contains("several shapes");
  }
}
