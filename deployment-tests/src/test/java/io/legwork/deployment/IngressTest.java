package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The paths that are served outside are those that the controllers have. */
class IngressTest {

  /** Only Tomcat itself asks for it. */
  private static final String ERROR = "/error";

  /**
   * The document is the same. Of a task's events the producer has the list and the notifier the
   * stream, which is /v1/events?task= outside.
   */
  private static final Set<String> SERVED_BY_BOTH = Set.of("/openapi", "/v1/tasks/{id}/events");

  /** What both services have. */
  private static final String SHARED = "io.legwork.web";

  @ParameterizedTest
  @CsvSource({"producer-service, io.legwork.producer", "notifier-service, io.legwork.notifier"})
  void everyPathOfAServiceLeadsToIt(String service, String controllers) {
    Set<String> paths = paths(controllers, SHARED);

    assertThat(paths).isNotEmpty();
    for (String path : paths) {
      String expected = SERVED_BY_BOTH.contains(path) ? "producer-service" : service;
      assertThat(backend(path)).as(path).isEqualTo(expected);
    }
    assertThat(rules())
        .filteredOn(rule -> rule.getBackend().getService().getName().equals(service))
        .allSatisfy(rule -> assertThat(paths).anyMatch(path -> path.startsWith(rule.getPath())));
  }

  @Test
  void managementIsNotServed() {
    assertThat(backend("/actuator/health")).isEmpty();
    assertThat(rules())
        .extracting(rule -> rule.getBackend().getService().getPort().getName())
        .containsOnly("http");
  }

  private static String backend(String path) {
    return rules().stream()
        .filter(rule ->
            rule.getPath().equals(path)
                || (rule.getPathType().equals("Prefix") && path.startsWith(rule.getPath() + "/")))
        .map(rule -> rule.getBackend().getService().getName())
        .findFirst()
        .orElse("");
  }

  private static List<HTTPIngressPath> rules() {
    return Overlay.production().one(Ingress.class).getSpec().getRules().stream()
        .flatMap(rule -> rule.getHttp().getPaths().stream())
        .toList();
  }

  private static Set<String> paths(String... packages) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    return Arrays.stream(packages)
        .flatMap(name -> scanner.findCandidateComponents(name).stream())
        .map(found -> String.valueOf(found.getBeanClassName()))
        .flatMap(found -> paths(load(found)).stream())
        .filter(path -> !path.equals(ERROR))
        .collect(Collectors.toSet());
  }

  private static List<String> paths(Class<?> controller) {
    RequestMapping common =
        AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
    List<String> prefixes = common == null ? List.of("") : List.of(common.path());
    return Arrays.stream(controller.getDeclaredMethods())
        .map(method -> AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class))
        .filter(mapping -> mapping != null)
        .flatMap(mapping ->
            prefixes.stream()
                .flatMap(prefix ->
                    mapping.path().length == 0
                        ? List.of(prefix).stream()
                        : Arrays.stream(mapping.path()).map(path -> prefix + path)))
        .toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, IngressTest.class.getClassLoader());
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(gone);
    }
  }
}
