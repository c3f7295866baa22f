package io.legwork.local;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.legwork.local.service.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/** What Docker can do here, and the life of a container that keeps its port over a restart. */
final class ContainerHost {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerHost.class);
  private static final Path INSIDE_A_CONTAINER = Path.of("/.dockerenv");
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final String GATEWAY_FINDER = "alpine:3.17";
  private static final String REAPER = "testcontainers/ryuk:0.14.0";

  private ContainerHost() {}

  /**
   * Whether Docker answers and has, or can get, every image we need. Docker itself is asked:
   * Testcontainers tries for minutes to get an image that cannot be had.
   */
  static boolean isUsable() {
    return new Command("docker", "info").attempt(ANSWER_LIMIT).succeeded()
        && images(System.getenv()).stream().allMatch(ContainerHost::hasOrPulls);
  }

  /** Ours, and those that Testcontainers uses for itself unless it is told not to. */
  static List<String> images(Map<String, String> environment) {
    var images = new ArrayList<>(List.of(ContainerBroker.IMAGE, ContainerDatabase.IMAGE));
    if (!Boolean.parseBoolean(environment.get("TESTCONTAINERS_RYUK_DISABLED"))) {
      images.add(REAPER);
    }
    if (Files.exists(INSIDE_A_CONTAINER)
        && !environment.containsKey("TESTCONTAINERS_HOST_OVERRIDE")) {
      images.add(GATEWAY_FINDER);
    }
    return images;
  }

  private static boolean hasOrPulls(String image) {
    if (new Command("docker", "image", "inspect", image).attempt(ANSWER_LIMIT).succeeded()) {
      return true;
    }
    var pull = new Command("docker", "pull", "--quiet", image).attempt(PULL_LIMIT);
    if (!pull.succeeded()) {
      LOG.info("Docker answers, but cannot get {}: {}", image, pull.output().strip());
    }
    return pull.succeeded();
  }

  /** Publishes one port under a number of ours, and leaves the others as they are. */
  static void publish(CreateContainerCmd command, PortBinding binding) {
    var host = Objects.requireNonNull(command.getHostConfig(), "host configuration");
    var wanted = new ArrayList<>(List.of(binding));
    if (host.getPortBindings() != null) {
      host.getPortBindings().getBindings().keySet().stream()
          .filter(port -> !port.equals(binding.getExposedPort()))
          .forEach(port -> wanted.add(new PortBinding(Ports.Binding.empty(), port)));
    }
    command.withHostConfig(host.withPortBindings(wanted));
  }

  /** Creates the container, or starts the one that was stopped. */
  static void start(GenericContainer<?> container) {
    if (container.getContainerId() == null) {
      container.start();
    } else {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }
  }

  static void stop(GenericContainer<?> container) {
    container
        .getDockerClient()
        .stopContainerCmd(container.getContainerId())
        .withTimeout((int) GRACE.toSeconds())
        .exec();
  }

  static void kill(GenericContainer<?> container) {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }
}
