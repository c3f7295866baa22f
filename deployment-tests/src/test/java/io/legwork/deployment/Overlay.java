package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What an overlay of k8s renders to. */
record Overlay(String name, List<Object> resources) {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

  static Overlay dev() {
    return rendered("dev");
  }

  static Overlay production() {
    return rendered("production");
  }

  /** Production with an identity provider, as an overlay of an operator's own. */
  static Overlay identityProvider() {
    return RENDERED.computeIfAbsent(
        "identity-provider", name -> render(name, "deployment-tests/src/test/overlays/" + name));
  }

  /** For parameterized tests; the test is skipped where kubectl is missing. */
  static Stream<Overlay> all() {
    return Stream.of(dev(), production(), identityProvider());
  }

  <T> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T> T one(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as("%s in %s", type.getSimpleName(), name).hasSize(1);
    return found.getFirst();
  }

  /** The Deployments of the services. */
  List<Deployment> services() {
    return all(Deployment.class);
  }

  /** Everything that runs pods, by its name; what operators run is theirs. */
  Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new ConcurrentHashMap<>();
    all(Deployment.class)
        .forEach(it -> pods.put(it.getMetadata().getName(), it.getSpec().getTemplate()));
    all(StatefulSet.class)
        .forEach(it -> pods.put(it.getMetadata().getName(), it.getSpec().getTemplate()));
    return pods;
  }

  /** The settings that all services share. */
  ConfigMap settings() {
    return all(ConfigMap.class).stream()
        .filter(it -> it.getMetadata().getName().startsWith("legwork-"))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Overlay rendered(String name) {
    return RENDERED.computeIfAbsent(name, it -> render(it, "k8s/overlays/" + it));
  }

  private static Overlay render(String name, String folder) {
    try {
      var kubectl =
          new ProcessBuilder("kubectl", "kustomize", ROOT.resolve(folder).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      Process process = start(kubectl);
      String manifests =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("exit code of kubectl kustomize %s", name).isZero();
      return new Overlay(name, ManifestReader.read(manifests));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + ": " + unreadable.getMessage(), unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Process start(ProcessBuilder kubectl) {
    try {
      return kubectl.start();
    } catch (IOException missing) {
      return Assumptions.abort(
          "kubectl is not installed, so k8s was not rendered and not checked: " + missing);
    }
  }
}
