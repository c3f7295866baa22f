package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.legwork.deployment.CustomResources.PostgresCluster;
import io.legwork.deployment.CustomResources.ScaledObject;
import io.legwork.deployment.CustomResources.Trigger;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How production follows its load, and whether the database bears what it may become. */
class ScalingTest {

  private static final String QUEUES = "LEGWORK_QUEUES";

  /** Those PostgreSQL keeps for a superuser, and those of the operator. */
  private static final int OTHER_CONNECTIONS = 20;

  @Test
  void everyQueueHasWorkersAndEveryWorkerAQueueThatIsKnown() {
    Overlay production = Overlay.production();

    assertThat(workers(production).map(worker -> variable(worker, QUEUES)))
        .containsExactlyInAnyOrderElementsOf(knownQueues(production));
  }

  @Test
  void everyQueueIsScaledByItsOwnMessagesInAllPriorities() {
    Overlay production = Overlay.production();
    List<Deployment> workers = workers(production).toList();

    assertThat(production.all(ScaledObject.class)).hasSameSizeAs(workers);
    for (Deployment worker : workers) {
      String queue = variable(worker, QUEUES);
      Trigger messages = scaling(production, worker).spec().trigger("rabbitmq");
      Pattern names = Pattern.compile(messages.metadata().getOrDefault("queueName", ""));
      for (String other : knownQueues(production)) {
        for (Priority priority : Priority.values()) {
          assertThat(names.matcher(Topology.taskQueue(other, priority)).find())
              .as("%s counted for %s", Topology.taskQueue(other, priority), queue)
              .isEqualTo(other.equals(queue));
        }
      }
    }
  }

  @Test
  void noBusyWorkerIsTakenForAnIdleOne() {
    for (ScaledObject scaling : Overlay.production().all(ScaledObject.class)) {
      assertThat(scaling.spec().trigger("rabbitmq").metadata())
          .containsEntry("protocol", "http")
          .containsEntry("excludeUnacknowledged", "false")
          .containsEntry("useRegex", "true")
          .containsEntry("operation", "sum");
      assertThat(scaling.spec().trigger("prometheus").metadata().get("query"))
          .contains("legwork_tasks_in_state", "state=\"RUNNING\"");
      var scaleDown =
          scaling.spec().advanced().horizontalPodAutoscalerConfig().behavior().getScaleDown();
      assertThat(scaleDown.getPolicies())
          .singleElement()
          .satisfies(policy -> assertThat(policy.getValue()).isEqualTo(1));
    }
  }

  @Test
  void onlyNamedQueuesGoDownToNoWorkers() {
    Overlay production = Overlay.production();

    for (Deployment worker : workers(production).toList()) {
      int least = scaling(production, worker).spec().minReplicaCount();
      assertThat(least).isEqualTo(variable(worker, QUEUES).equals("default") ? 2 : 0);
    }
  }

  @Test
  void whatIsScaledExistsAndDoesNotNameItsReplicas() {
    Overlay production = Overlay.production();
    List<String> scaled =
        Stream.concat(
                production.all(ScaledObject.class).stream()
                    .map(it -> it.spec().scaleTargetRef().name()),
                production.all(HorizontalPodAutoscaler.class).stream()
                    .map(it -> it.getSpec().getScaleTargetRef().getName()))
            .toList();

    assertThat(production.services())
        .filteredOn(it -> scaled.contains(it.getMetadata().getName()))
        .hasSameSizeAs(scaled)
        .allSatisfy(it -> assertThat(it.getSpec().getReplicas()).isNull());
  }

  @Test
  void theDatabaseHasConnectionsForEverybodyAtTheirLargest() {
    Overlay production = Overlay.production();
    Map<String, String> parameters =
        production.one(PostgresCluster.class).spec().postgresql().parameters();
    int needed = OTHER_CONNECTIONS;
    for (Deployment service : production.services()) {
      String component =
          service
              .getSpec()
              .getTemplate()
              .getMetadata()
              .getLabels()
              .get("app.kubernetes.io/component");
      int pool =
          ServiceCode.named(String.valueOf(component))
              .port("spring.datasource.hikari.maximum-pool-size");
      // One more pod of each during a rollout.
      needed += (most(production, service) + 1) * pool;
    }

    assertThat(Integer.parseInt(parameters.getOrDefault("max_connections", "0")))
        .isGreaterThanOrEqualTo(needed);
  }

  private static int most(Overlay overlay, Deployment service) {
    String name = service.getMetadata().getName();
    Integer replicas = service.getSpec().getReplicas();
    return Stream.concat(
            overlay.all(ScaledObject.class).stream()
                .filter(it -> it.spec().scaleTargetRef().name().equals(name))
                .map(it -> it.spec().maxReplicaCount()),
            overlay.all(HorizontalPodAutoscaler.class).stream()
                .filter(it -> it.getSpec().getScaleTargetRef().getName().equals(name))
                .map(it -> it.getSpec().getMaxReplicas()))
        .findFirst()
        .orElseGet(() -> replicas);
  }

  private static Stream<Deployment> workers(Overlay overlay) {
    return overlay.services().stream()
        .filter(it -> it.getMetadata().getName().startsWith("worker-service"));
  }

  private static ScaledObject scaling(Overlay overlay, Deployment worker) {
    return overlay.all(ScaledObject.class).stream()
        .filter(it -> it.spec().scaleTargetRef().name().equals(worker.getMetadata().getName()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> knownQueues(Overlay overlay) {
    return Arrays.asList(overlay.settings().getData().getOrDefault(QUEUES, "").split(",", -1));
  }

  private static String variable(Deployment service, String name) {
    return service.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(it -> it.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst()
        .orElse("");
  }
}
