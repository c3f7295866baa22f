package io.legwork.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields we use of resources that operators define, by the names of their CRDs. A field that is
 * not here is refused: look it up in the source named at each before adding it.
 */
final class CustomResources {

  private CustomResources() {}

  /** KEDA 2.21, keda.sh/v1alpha1, config/crd/bases/keda.sh_scaledobjects.yaml. */
  record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

  record ScaledObjectSpec(
      ScaleTarget scaleTargetRef,
      int pollingInterval,
      int cooldownPeriod,
      int minReplicaCount,
      int maxReplicaCount,
      Fallback fallback,
      Advanced advanced,
      List<Trigger> triggers) {

    Trigger trigger(String type) {
      return triggers.stream().filter(it -> it.type().equals(type)).findFirst().orElseThrow();
    }
  }

  record ScaleTarget(String apiVersion, String kind, String name) {}

  record Fallback(int failureThreshold, int replicas, String behavior) {}

  record Advanced(AutoscalerConfig horizontalPodAutoscalerConfig) {}

  record AutoscalerConfig(HorizontalPodAutoscalerBehavior behavior) {}

  record Trigger(
      String type,
      String name,
      Map<String, String> metadata,
      @Nullable AuthenticationRef authenticationRef) {}

  record AuthenticationRef(String name) {}

  /** KEDA 2.21, keda.sh/v1alpha1, config/crd/bases/keda.sh_triggerauthentications.yaml. */
  record TriggerAuthentication(
      String apiVersion, String kind, ObjectMeta metadata, TriggerAuthenticationSpec spec) {}

  record TriggerAuthenticationSpec(List<SecretTarget> secretTargetRef) {}

  record SecretTarget(String parameter, String name, String key) {}

  /** CloudNativePG 1.30, config/crd/bases/postgresql.cnpg.io_clusters.yaml. */
  record PostgresCluster(String apiVersion, String kind, ObjectMeta metadata, PostgresSpec spec) {}

  record PostgresSpec(
      int instances,
      String imageName,
      Bootstrap bootstrap,
      Postgresql postgresql,
      PostgresAffinity affinity,
      Storage storage,
      Storage walStorage,
      ResourceRequirements resources) {}

  record Bootstrap(Initdb initdb) {}

  record Initdb(String database, String owner, List<String> postInitApplicationSQL) {}

  record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

  record Synchronous(String method, int number, String dataDurability) {}

  record PostgresAffinity(
      boolean enablePodAntiAffinity, String podAntiAffinityType, String topologyKey) {}

  record Storage(String size) {}

  /** Cluster Operator 2.22, config/crd/bases/rabbitmq.com_rabbitmqclusters.yaml. */
  record RabbitmqCluster(String apiVersion, String kind, ObjectMeta metadata, RabbitmqSpec spec) {}

  record RabbitmqSpec(
      int replicas,
      String image,
      Persistence persistence,
      Rabbitmq rabbitmq,
      ResourceRequirements resources,
      Affinity affinity) {}

  record Persistence(String storage) {}

  record Rabbitmq(String additionalConfig) {}

  /** Prometheus Operator, monitoring.coreos.com_servicemonitors.yaml. */
  record ServiceMonitor(
      String apiVersion, String kind, ObjectMeta metadata, ServiceMonitorSpec spec) {}

  record ServiceMonitorSpec(String jobLabel, LabelSelector selector, List<Endpoint> endpoints) {}

  record Endpoint(
      String port,
      String path,
      String interval,
      @Nullable Map<String, List<String>> params,
      @Nullable List<Relabeling> relabelings) {}

  record Relabeling(String targetLabel, String replacement) {}

  /** Prometheus Operator, monitoring.coreos.com_prometheusrules.yaml. */
  record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, RuleGroups spec) {}

  record RuleGroups(List<RuleGroup> groups) {}

  record RuleGroup(String name, @Nullable String interval, List<Rule> rules) {}

  record Rule(
      @Nullable String alert,
      @Nullable String record,
      String expr,
      @JsonProperty("for") @Nullable String lasting,
      @Nullable Map<String, String> labels,
      @Nullable Map<String, String> annotations) {}
}
