package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.legwork.deployment.CustomResources.RuleGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards can be provisioned as they are, and ask for nothing that nobody serves. */
class DashboardsTest {

  private static final Pattern METRIC = Pattern.compile("legwork_\\w+");
  private static final Pattern DOCUMENTED = Pattern.compile("\\| `(legwork_\\w+)` \\| (\\w+)");
  private static final int COLUMNS = 24;

  @Test
  void thereIsOneForEachThingToLookAt() {
    assertThat(Dashboard.all())
        .extracting(it -> it.content().path("uid").asText())
        .containsExactlyInAnyOrder(
            "legwork",
            "legwork-queues",
            "legwork-workers",
            "legwork-rabbitmq",
            "legwork-postgresql",
            "legwork-notifications");
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Dashboard#all()")
  void isReadableAtAGlance(Dashboard dashboard) {
    assertThat(dashboard.content().path("title").asText()).startsWith("Legwork: ");
    assertThat(dashboard.content().path("schemaVersion").asInt()).isPositive();
    assertThat(dashboard.content().path("description").asText()).isNotBlank();
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates();
    for (JsonNode panel : dashboard.panels()) {
      assertThat(panel.path("description").asText()).as(panel.path("title").asText()).isNotBlank();
      assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText()).isNotBlank();
      assertThat(panel.path("targets")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Dashboard#all()")
  void laysNoPanelOverAnother(Dashboard dashboard) {
    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : dashboard.content().path("panels")) {
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + ":" + (place.path("y").asInt() + y);
          assertThat(taken.add(cell)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void onlyMetricsThatAreServedAreAskedForOrAlarmed() throws IOException {
    Stream<String> alarms =
        ManifestReader.YAML
            .readValue(
                Overlay.ROOT.resolve("ops/prometheus/rules/legwork.yml").toFile(), RuleGroups.class)
            .groups()
            .stream()
            .flatMap(group -> group.rules().stream())
            .map(rule -> String.valueOf(rule.expr()));
    Stream<String> questions = Dashboard.all().stream().flatMap(it -> it.queries().stream());

    assertThat(
            Stream.concat(alarms, questions)
                .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
                .collect(Collectors.toSet()))
        .isNotEmpty()
        .isSubsetOf(documented());
  }

  /** Metrics and the series that histograms and summaries consist of. */
  private static Set<String> documented() throws IOException {
    return DOCUMENTED
        .matcher(Files.readString(Overlay.ROOT.resolve("docs/metrics.md")))
        .results()
        .flatMap(metric -> series(metric.group(1), metric.group(2)).stream())
        .collect(Collectors.toSet());
  }

  private static List<String> series(String name, String type) {
    return switch (type) {
      case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
      case "summary" -> List.of(name + "_count", name + "_sum", name + "_max");
      default -> List.of(name);
    };
  }
}
