package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Manual 1: the field "Api Authentication" of a vendor.
final class Manual1AuthorizationTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  @DisplayName("1-08 an auth token is put in; 1-09 its value is appended as query string")
  void theAuthTokenIsAppendedAsQueryString() {
    HubClient client = hub.client();
    var made =
        client.post(
            "/v1/connectors",
            """
            {"name":"Vendor","method":"POST","url":"%s?list=7",
             "authorization":{"kind":"custom",
               "parameters":"api_key=very-secret-key&credential=a%%20b%%26c"},
             "triggers":[{"eventType":"lead.*"}]}
            """
                .formatted(party.url("/leads")));
    assertThat(made.status()).as("%s", made).isEqualTo(201);

    String event =
        client
            .post("/v1/events", "{\"type\":\"lead.new\",\"data\":{\"phone\":\"1\"}}")
            .json()
            .get("id")
            .asString();

    assertThat(party.await("/leads", 1).getFirst().target())
        .isEqualTo("/leads?list=7&api_key=very-secret-key&credential=a%20b%26c");
    String list = "/v1/deliveries?state=SUCCEEDED&event=" + event;
    TestHub.await("it is logged", () -> client.get(list).json().get("data").size() == 1);
    String delivery = client.get(list).json().at("/data/0/id").asString();
    JsonNode attempts = client.get("/v1/deliveries/" + delivery).json().get("attempts");
    String attempt = client.get("/v1/attempts/" + attempts.get(0).get("id").asString()).text();
    assertThat(attempt)
        .contains("?list=7&api_key=***&credential=***")
        .doesNotContain("very-secret-key");
  }
}
