package io.legwork.local;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What Docker can do here, and the life of a container that keeps its port over a restart. */
final class ContainerHost {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerHost.class);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final String REAPER = "testcontainers/ryuk:0.14.0";

  private ContainerHost() {}

  /** Whether Docker answers and has, or can get, every image we need. */
  static boolean isUsable() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return false;
    }
    var images =
        Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))
            ? List.of(ContainerBroker.IMAGE, ContainerDatabase.IMAGE)
            : List.of(ContainerBroker.IMAGE, ContainerDatabase.IMAGE, REAPER);
    return images.stream().allMatch(ContainerHost::hasOrPulls);
  }

  private static boolean hasOrPulls(String image) {
    var docker = DockerClientFactory.lazyClient();
    try {
      docker.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return pulls(image);
    }
  }

  private static boolean pulls(String image) {
    var docker = DockerClientFactory.lazyClient();
    try {
      return docker
          .pullImageCmd(image)
          .start()
          .awaitCompletion(PULL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      LOG.info("The image {} cannot be pulled ({}).", image, e.getMessage());
      return false;
    }
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
