package io.legwork.local;

import java.util.Locale;

/** The ports of a stack, each with the number it has unless that one is taken. */
enum Port {
  DATABASE(5433),
  BROKER(5673),
  BROKER_DISTRIBUTION(25_673),
  BROKER_PORT_MAPPER(4_370),
  PRODUCER(8080),
  PRODUCER_MANAGEMENT(9080),
  NOTIFIER(8082),
  NOTIFIER_MANAGEMENT(9082),
  WORKER_1_MANAGEMENT(9081),
  WORKER_2_MANAGEMENT(9083);

  private final int preferred;

  Port(int preferred) {
    this.preferred = preferred;
  }

  int preferred() {
    return preferred;
  }

  String key() {
    return "port." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
