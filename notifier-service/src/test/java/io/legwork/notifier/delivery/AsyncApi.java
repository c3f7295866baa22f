package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import java.io.File;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds messages against what docs/asyncapi.json says of them. */
final class AsyncApi {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode SCHEMAS =
      JSON.readTree(new File("../docs/asyncapi.json")).at("/components/schemas");

  private AsyncApi() {}

  /** Headers and body have all members they must have, and none but those that are described. */
  static void expectConforming(String headers, String body, GetResponse message) {
    Map<String, String> told =
        message.getProps().getHeaders().entrySet().stream()
            // The broker's own.
            .filter(header -> !header.getKey().startsWith("x-"))
            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().toString()));
    expectConforming(SCHEMAS.path(headers), JSON.valueToTree(told));
    expectConforming(SCHEMAS.path(body), JSON.readTree(message.getBody()));
  }

  private static void expectConforming(JsonNode schema, JsonNode value) {
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asString())).as(name.asString()).isTrue());
    value.forEachEntry((name, member) -> {
      JsonNode property = schema.path("properties").path(name);
      assertThat(property.path("type").asString("")).as(name).isEqualTo("string");
      if (property.has("pattern")) {
        assertThat(member.asString()).as(name).matches(property.path("pattern").asString());
      }
    });
  }
}
