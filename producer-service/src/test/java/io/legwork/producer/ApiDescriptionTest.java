package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.Endpoints;
import io.legwork.problems.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiDescriptionTest {

  private static final Path SOURCE = Path.of("src/main/resources/openapi.json");

  private final ApiDescription api =
      new ApiDescription(JsonMapper.shared().readTree(SOURCE.toFile()));

  @Test
  void isPublishedWithTheDocumentation() throws IOException {
    assertThat(Path.of("../docs/openapi.json"))
        .as("copied by the build: commit the copy")
        .hasSameTextualContentAs(SOURCE);
    assertThat(Files.readString(SOURCE)).endsWith("}\n");
  }

  @Test
  void refersToNothingThatIsMissing() {
    assertThat(api.references())
        .isNotEmpty()
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/");
          assertThat(api.document().at(reference.substring(1)).isMissingNode()).isFalse();
        });
  }

  @Test
  void knowsEveryProblem() {
    List<String> codes =
        api.document()
            .at("/components/schemas/Problem/properties/code/enum")
            .valueStream()
            .map(JsonNode::asString)
            .toList();

    assertThat(codes)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::code).toList());
  }

  @Test
  void namesTheRoleThatEveryOperationAsksFor() {
    Map<String, String> roles = new TreeMap<>();
    Stream.concat(Endpoints.PRODUCER.stream(), Endpoints.NOTIFIER.stream())
        .forEach(it -> roles.put(it.operation(), it.role() == null ? "" : it.role().wireName()));

    assertThat(api.roles()).isEqualTo(roles);
  }

  @Test
  void describesTheWebhookWithItsHeaders() {
    assertThat(api.document().at("/webhooks/taskFinished/post/parameters").valueStream())
        .extracting(parameter -> parameter.path("name").asString())
        .containsExactly("webhook-id", "webhook-timestamp", "webhook-signature", "traceparent");
  }
}
