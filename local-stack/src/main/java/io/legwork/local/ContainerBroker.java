package io.legwork.local;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/** RabbitMQ in a container, on a port that stays the same when the container is restarted. */
final class ContainerBroker implements Broker {

  static final String IMAGE = "rabbitmq:4-management";

  private static final int AMQP = 5672;

  private final RabbitMQContainer container;
  private final String password = Names.password();
  private final int port;

  ContainerBroker(int port) {
    this.port = port;
    this.container =
        new RabbitMQContainer(DockerImageName.parse(IMAGE))
            .withAdminUser(NativeBroker.USER)
            .withAdminPassword(password)
            .withCreateContainerCmdModifier(command ->
                ContainerHost.publish(
                    command, new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(AMQP))));
    // Only what is bound above may be exposed: Testcontainers waits until every exposed port is
    // bound.
    container.setExposedPorts(List.of(AMQP));
  }

  @Override
  public BrokerAccess access() {
    return new BrokerAccess(container.getHost(), port, NativeBroker.USER, password, "/");
  }

  @Override
  public String rabbitmqctl(String... arguments) {
    var command = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
    command.addAll(List.of(arguments));
    try {
      var result = container.execInContainer(command.toArray(String[]::new));
      if (result.getExitCode() != 0) {
        throw new LocalStackException(
            "`%s` ended with %d: %s%s"
                .formatted(
                    String.join(" ", command),
                    result.getExitCode(),
                    result.getStdout(),
                    result.getStderr()));
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new LocalStackException("`%s` could not be run".formatted(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while running " + command, e);
    }
  }

  @Override
  public void start() {
    ContainerHost.start(container);
    Readiness.ofBroker(access());
  }

  @Override
  public void stop() {
    ContainerHost.stop(container);
  }

  @Override
  public void kill() {
    ContainerHost.kill(container);
  }

  @Override
  public void close() {
    container.stop();
  }
}
