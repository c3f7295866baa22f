package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one resource says of another: selectors, ports, settings, secrets. */
class ReferencesTest {

  /** Those of docs/running.md, and those that the operators of production make. */
  private static final Map<String, Set<String>> SECRETS =
      Map.of(
          "legwork", Set.of("database-password", "broker-password", "webhook-signing-secret"),
          "postgres-app", Set.of("password"),
          "rabbitmq-default-user", Set.of("username", "password"));

  private static final String ISSUER = "LEGWORK_SECURITY_OIDC_ISSUER";
  private static final int HTTPS = 443;

  /** Those with an API. */
  private static final Set<String> TAKING_TOKENS = Set.of("producer-service", "notifier-service");

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void everyServiceLeadsToOneWorkloadThatHasItsPorts(Overlay overlay) {
    for (Service service : overlay.all(Service.class)) {
      List<PodTemplateSpec> pods = selected(overlay, service.getSpec().getSelector());
      assertThat(pods).as(service.getMetadata().getName()).hasSize(1);
      assertThat(service.getSpec().getPorts())
          .extracting(port -> port.getTargetPort().getStrVal())
          .isSubsetOf(portNames(pods.getFirst()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void noDeploymentSelectsThePodsOfAnother(Overlay overlay) {
    for (Deployment service : overlay.services()) {
      assertThat(selected(overlay, service.getSpec().getSelector().getMatchLabels()))
          .as(service.getMetadata().getName())
          .containsExactly(service.getSpec().getTemplate());
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void everyServiceMayLoseOnePodAtATime(Overlay overlay) {
    List<PodDisruptionBudget> budgets = overlay.all(PodDisruptionBudget.class);
    for (Deployment service : overlay.services()) {
      assertThat(budgets)
          .as(service.getMetadata().getName())
          .filteredOn(it ->
              it.getSpec()
                  .getSelector()
                  .getMatchLabels()
                  .equals(service.getSpec().getSelector().getMatchLabels()))
          .singleElement()
          .satisfies(it -> assertThat(it.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1));
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void everySettingIsOneThatTheServicesKnow(Overlay overlay) {
    assertThat(overlay.settings().getData().keySet()).allMatch(ServiceCode::isVariable);
    for (Deployment service : overlay.services()) {
      assertThat(container(service).getEnv())
          .extracting(EnvVar::getName)
          .allMatch(ServiceCode::isVariable);
      assertThat(container(service).getEnvFrom())
          .singleElement()
          .satisfies(from ->
              assertThat(from.getConfigMapRef().getName())
                  .isEqualTo(overlay.settings().getMetadata().getName()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void secretsAreReferencesToDocumentedKeysAndNeverValues(Overlay overlay) {
    for (PodTemplateSpec pod : overlay.pods().values()) {
      for (EnvVar variable : pod.getSpec().getContainers().getFirst().getEnv()) {
        if (variable.getName().matches(".*(PASS|PASSWORD|SECRET)$")) {
          assertThat(variable.getValue()).as(variable.getName()).isNull();
          var secret = variable.getValueFrom().getSecretKeyRef();
          assertThat(SECRETS).containsKey(secret.getName());
          assertThat(SECRETS.get(secret.getName())).contains(secret.getKey());
        }
      }
    }
    assertThat(overlay.settings().getData().keySet())
        .noneMatch(name -> name.matches(".*(PASSWORD|SECRET).*"));
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void nothingIsAllowedThatNoPolicyAllows(Overlay overlay) {
    assertThat(overlay.all(NetworkPolicy.class))
        .filteredOn(it -> it.getMetadata().getName().equals("default-deny"))
        .singleElement()
        .satisfies(deny -> {
          assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
          assertThat(deny.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
          assertThat(deny.getSpec().getIngress()).isEmpty();
          assertThat(deny.getSpec().getEgress()).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void whoTakesTokensReachesTheIdentityProviderIfThereIsOne(Overlay overlay) {
    Set<String> reached =
        overlay.all(NetworkPolicy.class).stream()
            .filter(it -> it.getMetadata().getName().equals("identity-provider"))
            .peek(it -> assertThat(ports(it)).containsExactly(HTTPS))
            .flatMap(it -> it.getSpec().getPodSelector().getMatchExpressions().stream())
            .flatMap(it -> it.getValues().stream())
            .collect(Collectors.toSet());

    assertThat(reached)
        .isEqualTo(overlay.settings().getData().containsKey(ISSUER) ? TAKING_TOKENS : Set.of());
  }

  private static List<Integer> ports(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream()
        .flatMap(it -> it.getPorts().stream())
        .map(it -> it.getPort().getIntVal())
        .toList();
  }

  private static List<PodTemplateSpec> selected(Overlay overlay, Map<String, String> labels) {
    return overlay.pods().values().stream()
        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  private static List<String> portNames(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .map(port -> port.getName())
        .toList();
  }

  private static Container container(Deployment service) {
    return service.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }
}
