package io.legwork.local;

import java.util.List;
import java.util.stream.Stream;

/** The parts of the whole system on this machine, set up with the same settings. */
record Stack(NativeDatabase database, NativeBroker broker, List<ServicePart> services) {

  static Stack of(Home home, StackSettings settings) {
    var database =
        new NativeDatabase(
            new NativeDatabase.Settings(
                home.folder("database"),
                home.log("database"),
                settings.databasePassword(),
                settings.port(Port.DATABASE),
                true));
    var broker =
        new NativeBroker(
            new NativeBroker.Settings(
                home.folder("broker"),
                home.log("broker"),
                settings.brokerPassword(),
                settings.port(Port.BROKER),
                settings.port(Port.BROKER_DISTRIBUTION),
                settings.port(Port.BROKER_PORT_MAPPER),
                true));
    var services =
        Stream.of(
                Service.producer(settings),
                Service.notifier(settings),
                Service.worker(1, Port.WORKER_1_MANAGEMENT, settings, home),
                Service.worker(2, Port.WORKER_2_MANAGEMENT, settings, home))
            .map(service -> new ServicePart(service, home, settings))
            .toList();
    return new Stack(database, broker, services);
  }

  /** The servers first, because the services need them. */
  List<Part> parts() {
    return Stream.concat(Stream.of(database, broker), services.stream()).toList();
  }

  List<Part> servers() {
    return List.of(database, broker);
  }

  /** Whether a process that belongs to the stack is there, the broker's port mapper included. */
  boolean hasProcesses() {
    return broker.portMapper().isRunning()
        || parts().stream().anyMatch(part -> part.daemon().isRunning());
  }
}
