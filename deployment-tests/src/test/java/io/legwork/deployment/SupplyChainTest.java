package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes into the images, as their bills of materials (CycloneDX) tell it: released versions
 * under licences that ask nothing of who runs Legwork.
 */
class SupplyChainTest {

  /**
   * Permissive ones, and those that ask for the source of changes to the library alone. Of several
   * that a component offers, one is enough.
   */
  private static final Set<String> ACCEPTED =
      Set.of(
          "Apache-2.0",
          "AL 2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "MPL-2.0");

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"producer-service", "worker-service", "notifier-service"})
  void isReleasedAndFreeToUse(String service) throws IOException {
    List<JsonNode> components = components(service);

    assertThat(components).hasSizeGreaterThan(50);
    assertThat(components)
        .allSatisfy(component -> {
          String name = component.path("purl").asText();
          assertThat(name).startsWith("pkg:maven/");
          assertThat(component.path("version").asText())
              .as(name)
              .isNotBlank()
              .doesNotContainIgnoringCase("snapshot", "latest", "[", "(");
          assertThat(component.path("hashes")).as("hashes of " + name).isNotEmpty();
          assertThat(licences(component)).as("licences of " + name).containsAnyElementsOf(ACCEPTED);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer-service", "worker-service", "notifier-service"})
  void hasEverythingOnce(String service) throws IOException {
    Map<String, List<String>> versions =
        components(service).stream()
            .collect(
                Collectors.groupingBy(
                    component ->
                        component.path("group").asText() + ":" + component.path("name").asText(),
                    Collectors.mapping(
                        component -> component.path("version").asText(), Collectors.toList())));

    assertThat(versions).allSatisfy((name, found) -> assertThat(found).as(name).hasSize(1));
  }

  /** All but Legwork's own modules. */
  private static List<JsonNode> components(String service) throws IOException {
    Path bill =
        Path.of("..", service, "target", "classes", "META-INF", "sbom", "application.cdx.json");
    assertThat(bill).as("made by every build without -Dcyclonedx.skip").exists();
    return StreamSupport.stream(
            JSON.readTree(bill.toFile()).path("components").spliterator(), false)
        .filter(component -> !component.path("group").asText().equals("io.legwork"))
        .toList();
  }

  private static List<String> licences(JsonNode component) {
    return StreamSupport.stream(component.path("licenses").spliterator(), false)
        .map(entry -> entry.path("license"))
        .map(licence -> licence.path("id").asText(licence.path("name").asText()))
        .toList();
  }
}
