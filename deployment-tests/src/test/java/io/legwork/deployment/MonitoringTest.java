package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.legwork.deployment.CustomResources.PrometheusRule;
import io.legwork.deployment.CustomResources.Rule;
import io.legwork.deployment.CustomResources.RuleGroups;
import io.legwork.deployment.CustomResources.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is scraped, and what is alarmed: in compose and in Kubernetes alike. */
class MonitoringTest {

  private static final Path RULES = Overlay.ROOT.resolve("ops/prometheus/rules/legwork.yml");

  @Test
  void everyServiceIsScrapedUnderTheNameTheRulesKnow() {
    Overlay production = Overlay.production();
    ServiceMonitor monitor =
        production.all(ServiceMonitor.class).stream()
            .filter(it -> it.metadata().getName().equals("legwork"))
            .findFirst()
            .orElseThrow();
    Map<String, String> selector = monitor.spec().selector().getMatchLabels();
    List<Service> scraped =
        production.all(Service.class).stream()
            .filter(it -> it.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
            .toList();

    assertThat(scraped)
        .hasSameSizeAs(production.services())
        .allSatisfy(it ->
            assertThat(it.getSpec().getPorts())
                .extracting(port -> port.getName())
                .contains(monitor.spec().endpoints().getFirst().port()))
        .extracting(it -> it.getMetadata().getLabels().get(monitor.spec().jobLabel()))
        .containsOnly("producer-service", "worker-service", "notifier-service");
  }

  @Test
  void thePrometheusRuleIsWhatPromtoolHasTested() throws IOException {
    RuleGroups rules = ManifestReader.YAML.readValue(RULES.toFile(), RuleGroups.class);

    assertThat(Overlay.production().one(PrometheusRule.class).spec())
        .as("run k8s/components/monitoring/generate")
        .isEqualTo(rules);
  }

  @Test
  void everyAlertHasARunbookAndACase() throws IOException {
    JsonNode cases =
        ManifestReader.YAML.readTree(
            Overlay.ROOT.resolve("ops/prometheus/rules_test.yml").toFile());
    List<String> fired =
        cases.findValues("alert_rule_test").stream()
            .flatMap(it -> Stream.iterate(0, i -> i < it.size(), i -> i + 1).map(it::get))
            .filter(it -> !it.path("exp_alerts").isEmpty())
            .map(it -> it.path("alertname").asText())
            .toList();

    for (Rule rule : alerts()) {
      String alert = String.valueOf(rule.alert());
      assertThat(fired).as("alerts that fire in rules_test.yml").contains(alert);
      assertThat(Overlay.ROOT.resolve("docs/runbooks/" + alert + ".md")).exists();
      assertThat(rule.annotations())
          .as(alert)
          .containsKeys("summary", "description")
          .containsEntry("runbook", "docs/runbooks/" + alert + ".md");
      assertThat(rule.labels()).containsKey("severity");
    }
  }

  @Test
  void everyRunbookIsOfAnAlert() throws IOException {
    List<String> alerts = alerts().stream().map(rule -> rule.alert() + ".md").toList();
    try (Stream<Path> pages = Files.list(Overlay.ROOT.resolve("docs/runbooks"))) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(it -> !it.equals("README.md")))
          .containsExactlyInAnyOrderElementsOf(alerts);
    }
  }

  private static List<Rule> alerts() throws IOException {
    return ManifestReader.YAML.readValue(RULES.toFile(), RuleGroups.class).groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(rule -> rule.alert() != null)
        .toList();
  }
}
