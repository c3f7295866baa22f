package io.legwork.deployment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads manifests into types, and refuses kinds and fields that these do not have. */
final class ManifestReader {

  static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NothingBesideFields())
          .build();

  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Namespace", Namespace.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("apps/v1/StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("keda.sh/v1alpha1/ScaledObject", CustomResources.ScaledObject.class),
          Map.entry(
              "keda.sh/v1alpha1/TriggerAuthentication",
              CustomResources.TriggerAuthentication.class),
          Map.entry("postgresql.cnpg.io/v1/Cluster", CustomResources.PostgresCluster.class),
          Map.entry("rabbitmq.com/v1beta1/RabbitmqCluster", CustomResources.RabbitmqCluster.class),
          Map.entry(
              "monitoring.coreos.com/v1/ServiceMonitor", CustomResources.ServiceMonitor.class),
          Map.entry(
              "monitoring.coreos.com/v1/PrometheusRule", CustomResources.PrometheusRule.class));

  private ManifestReader() {}

  /**
   * @param manifests any number of YAML documents
   * @throws IllegalArgumentException if one is of an unknown kind
   * @throws JsonProcessingException if one has a field that its kind does not have
   */
  static List<Object> read(String manifests) throws IOException {
    List<Object> resources = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifests)) {
      while (documents.hasNext()) {
        resources.add(typed(documents.next()));
      }
    }
    return resources;
  }

  private static Object typed(JsonNode manifest) throws JsonProcessingException {
    String kind = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("no type is known for " + kind);
    }
    return YAML.treeToValue(manifest, type);
  }

  /** The types of Kubernetes keep what they do not know in a map; we want to be told. */
  private static final class NothingBesideFields extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }
}
