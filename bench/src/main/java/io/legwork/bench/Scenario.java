package io.legwork.bench;

import java.io.IOException;
import java.sql.SQLException;

/** What can be measured. */
@FunctionalInterface
interface Scenario {

  /** Measures; what it finds is added to the session. */
  void run(Session session) throws IOException, InterruptedException, SQLException;

  /**
   * The scenario with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Scenario of(String name) {
    return switch (name) {
      case "throughput" -> Throughput::run;
      case "latency" -> Latency::run;
      case "scale" -> Scale::run;
      case "backlog" -> Backlog::run;
      case "pinned" -> Pinned::run;
      case "soak" -> Soak::run;
      case "overload" -> Overload::run;
      case "notifications" -> Notifications::run;
      case "access" -> Access::run;
      case "streams" -> Streams::run;
      default ->
          throw new IllegalArgumentException("There is nothing to measure called " + name + ".");
    };
  }
}
