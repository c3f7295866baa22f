package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

/**
 * The pods: what they may do, how they are asked for their health, how long they may take to end.
 */
class PodsTest {

  /** io.legwork.worker.execution.WorkerLifecycle.LAST_OUTCOMES. */
  private static final Duration LAST_OUTCOMES = Duration.ofSeconds(5);

  /** For what follows the longest wait: closing pools, connections and the JVM. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** For the endpoints of a Service to forget a pod. */
  private static final long FORGETTING_SECONDS = 5;

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void everyPodMeetsTheRestrictedStandardAndHasNoToken(Overlay overlay) {
    overlay
        .pods()
        .forEach((name, template) -> {
          PodSpec pod = template.getSpec();
          assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
          assertThat(pod.getSecurityContext().getRunAsUser()).as(name).isPositive();
          assertThat(pod.getSecurityContext().getSeccompProfile().getType())
              .as(name)
              .isEqualTo("RuntimeDefault");
          pod.getContainers().forEach(container -> isRestricted(name, container));
        });
  }

  private static void isRestricted(String name, Container container) {
    var security = container.getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).as(name).isFalse();
    assertThat(security.getCapabilities().getDrop()).as(name).containsExactly("ALL");
    assertThat(container.getResources().getRequests()).as(name).containsKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).as(name).containsKey("memory");
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void theServicesCannotWriteToTheirImageAndAreSpread(Overlay overlay) {
    for (Deployment service : overlay.services()) {
      PodSpec pod = service.getSpec().getTemplate().getSpec();
      assertThat(container(service).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(pod.getTopologySpreadConstraints())
          .isNotEmpty()
          .allSatisfy(it ->
              assertThat(it.getLabelSelector().getMatchLabels())
                  .isEqualTo(service.getSpec().getSelector().getMatchLabels()));
      assertThat(service.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
          .extracting(it -> it.getIntVal())
          .isEqualTo(0);
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void thePortsAreThoseTheServicesListenOn(Overlay overlay) {
    for (Deployment service : overlay.services()) {
      ServiceCode code = ServiceCode.named(component(service));
      Map<String, Integer> ports =
          container(service).getPorts().stream()
              .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
      int http = code.port("server.port");
      Map<String, Integer> management = Map.of("management", code.port("management.server.port"));
      assertThat(ports)
          .isEqualTo(
              http == 0
                  ? management
                  : Map.of("http", http, "management", management.get("management")));
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void theProbesAskWhatTheServicesAnswer(Overlay overlay) {
    for (Deployment service : overlay.services()) {
      ServiceCode code = ServiceCode.named(component(service));
      assertThat(code.setting("management.endpoint.health.probes.enabled")).isEqualTo("true");
      assertThat(code.setting("management.endpoints.web.exposure.include"))
          .contains("health", "prometheus");
      assertThat(code.setting("management.endpoint.health.group.liveness.include"))
          .as("liveness must not depend on the database or the broker")
          .isEmpty();
      assertThat(code.setting("management.endpoint.health.group.readiness.include"))
          .contains("ledger", "broker");
      Container container = container(service);
      asks(container.getLivenessProbe(), "/actuator/health/liveness");
      asks(container.getStartupProbe(), "/actuator/health/liveness");
      asks(container.getReadinessProbe(), "/actuator/health/readiness");
    }
  }

  private static void asks(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void theGraceIsLongerThanAllThatAStopMayTake(Overlay overlay) {
    for (Deployment service : overlay.services()) {
      Container container = container(service);
      boolean worker = component(service).equals("worker-service");
      Duration stop =
          worker
              ? stopGrace(container).plus(LAST_OUTCOMES)
              : duration(ServiceCode.defaultOf("spring.lifecycle.timeout-per-shutdown-phase"));
      long preStop = worker ? 0 : container.getLifecycle().getPreStop().getSleep().getSeconds();

      assertThat(preStop).isGreaterThanOrEqualTo(worker ? 0 : FORGETTING_SECONDS);
      assertThat(service.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
          .as(service.getMetadata().getName())
          .isGreaterThanOrEqualTo(stop.plusSeconds(preStop).plus(CLOSING).toSeconds());
    }
  }

  private static Duration stopGrace(Container worker) {
    return worker.getEnv().stream()
        .filter(it -> it.getName().equals("LEGWORK_WORKER_STOP_GRACE"))
        .map(it -> duration(it.getValue()))
        .findFirst()
        .orElseGet(() -> duration(ServiceCode.defaultOf("legwork.worker.stop-grace")));
  }

  private static Duration duration(String text) {
    return DurationStyle.detectAndParse(text);
  }

  private static String component(Deployment service) {
    return service
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getLabels()
        .getOrDefault("app.kubernetes.io/component", "");
  }

  private static Container container(Deployment service) {
    List<Container> containers = service.getSpec().getTemplate().getSpec().getContainers();
    assertThat(containers).hasSize(1);
    return containers.getFirst();
  }
}
