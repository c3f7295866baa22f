package io.legwork.local;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container, on a port that stays the same when the container is restarted. */
final class ContainerDatabase implements Database {

  static final String IMAGE = "postgres:17";

  private static final int SQL = 5432;

  private final PostgreSQLContainer container;
  private final String password = Names.password();
  private final int port;

  ContainerDatabase(int port) {
    this.port = port;
    this.container =
        new PostgreSQLContainer(DockerImageName.parse(IMAGE))
            .withDatabaseName(NativeDatabase.NAME)
            .withUsername(NativeDatabase.NAME)
            .withPassword(password)
            .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=on")
            .withCreateContainerCmdModifier(command ->
                ContainerHost.publish(
                    command, new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(SQL))));
  }

  @Override
  public DatabaseAccess access() {
    return access(NativeDatabase.NAME);
  }

  @Override
  public DatabaseAccess access(String database) {
    return DatabaseAccess.of(container.getHost(), port, database, NativeDatabase.NAME, password);
  }

  @Override
  public void start() {
    ContainerHost.start(container);
    Readiness.ofDatabase(access());
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
