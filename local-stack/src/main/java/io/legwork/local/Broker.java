package io.legwork.local;

/**
 * A RabbitMQ node of our own, native or in a container, whose address stays the same over any
 * number of stops and starts. Every start returns when the node accepts clients.
 */
public sealed interface Broker extends AutoCloseable permits NativeBroker, ContainerBroker {

  /** How to reach the virtual host "/". */
  BrokerAccess access();

  /** Runs rabbitmqctl against this node and returns what it printed; fails if the command fails. */
  String rabbitmqctl(String... arguments);

  /** Starts the stopped node with the data it had. */
  void start();

  /** Stops the node in an orderly way. */
  void stop();

  /** Ends the node as a crash would. */
  void kill();

  /** Stops the node for good and removes its data. */
  @Override
  void close();

  /** Creates an empty virtual host, so that a test disturbs no other. */
  default BrokerAccess newVirtualHost() {
    var name = Names.unique("test");
    rabbitmqctl("add_vhost", name);
    rabbitmqctl("set_permissions", "-p", name, access().username(), ".*", ".*", ".*");
    return access().withVirtualHost(name);
  }

  /** Closes every connection and refuses new ones while the node's process lives on. */
  default void stopApp() {
    rabbitmqctl("stop_app");
  }

  /** Undoes {@link #stopApp}. */
  default void startApp() {
    rabbitmqctl("start_app");
    Readiness.ofBroker(access());
  }

  /** Stops and starts the node. */
  default void restart() {
    stop();
    start();
  }
}
