package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Overlay#all()")
  void readsEveryManifestOfEveryOverlay(Overlay overlay) {
    assertThat(overlay.resources()).hasSizeGreaterThan(10).doesNotContainNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Service, spec: {ports: [{nmae: http}]}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {nope: 1}}}}",
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {minReplicas: 1}}",
        "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, spec: {replicas: 3}}",
        "{apiVersion: rabbitmq.com/v1beta1, kind: RabbitmqCluster, spec: {instances: 3}}",
        "{apiVersion: v1, kind: Service, kind: Service}",
      })
  void refusesFieldsThatTheKindDoesNotHave(String manifest) {
    assertThatThrownBy(() -> ManifestReader.read(manifest))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(JsonProcessingException.class),
            failure -> assertThat(failure).hasCauseInstanceOf(JsonProcessingException.class));
  }

  @Test
  void refusesKindsItHasNoTypeFor() {
    assertThatThrownBy(() -> ManifestReader.read("{apiVersion: v1, kind: Pod}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1/Pod");
  }
}
