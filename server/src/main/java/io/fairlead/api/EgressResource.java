package io.fairlead.api;

import io.fairlead.http.Response;
import io.fairlead.json.Json;
import java.util.List;

/// `/v1/egress`: which addresses calls come from, for the allow lists of third parties.
public final class EgressResource {
  private final List<String> addresses;

  /// @param addresses as the operator has set them; the hub cannot know them behind a translator
  public EgressResource(List<String> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  Response get(Call call) {
    call.refuse();
    return Answers.json(
        200,
        Json.object()
            .put("addresses", Json.array(addresses.stream().map(Json::of).toList()))
            .build());
  }
}
