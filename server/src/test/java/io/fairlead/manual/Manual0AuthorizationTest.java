package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Manual 0: the section "Basic Auth" of a connector.
final class Manual0AuthorizationTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  @DisplayName("0-24, 0-25 basic auth becomes Authorization: Basic")
  void basicAuthBecomesAHeader() {
    HubClient client = hub.client();
    var made =
        client.post(
            "/v1/connectors",
            """
            {"name":"Push Bullet Notification Service","method":"POST","url":"%s",
             "authorization":{"kind":"basic","username":"Aladdin","password":"open sesame: ä"},
             "triggers":[{"eventType":"*"}]}
            """
                .formatted(party.url("/push")));
    assertThat(made.status()).as("%s", made).isEqualTo(201);

    var _ = client.post("/v1/events", "{\"type\":\"a.b\",\"data\":{}}");

    String header = party.await("/push", 1).getFirst().header("Authorization");
    assertThat(header).startsWith("Basic ");
    byte[] pair = Base64.getDecoder().decode(String.valueOf(header).substring("Basic ".length()));
    assertThat(new String(pair, StandardCharsets.UTF_8)).isEqualTo("Aladdin:open sesame: ä");
    assertThat(client.get("/v1/connectors/" + made.json().get("id").asString()).text())
        .doesNotContain("sesame")
        .contains("\"password\":{\"set\":true}");
  }
}
