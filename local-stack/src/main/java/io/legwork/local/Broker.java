package io.legwork.local;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

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
    return newVirtualHosts(1).getFirst();
  }

  /**
   * Creates empty virtual hosts with one command, which is a second's work for rabbitmqctl however
   * many they are.
   */
  default List<BrokerAccess> newVirtualHosts(int count) {
    var names = Stream.generate(() -> Names.unique("test")).limit(count).toList();
    addVirtualHosts(names);
    return names.stream().map(name -> access().withVirtualHost(name)).toList();
  }

  /** Creates empty virtual hosts in which the user may do everything. */
  default void addVirtualHosts(List<String> names) {
    var hosts = names.stream().map("<<\"%s\">>"::formatted).collect(joining(", "));
    rabbitmqctl(
        "eval",
        """
        User = <<"%s">>,
        [begin
           ok = rabbit_vhost:add(Host, User),
           ok = rabbit_auth_backend_internal:set_permissions(
               User, Host, <<".*">>, <<".*">>, <<".*">>, User)
         end || Host <- [%s]].\
        """
            .formatted(access().username(), hosts));
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
