package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.system.ClientProcess;
import io.legwork.bench.system.Services;
import io.legwork.bench.system.Setup;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What is measured at a notifier: it is told of the ends of tasks, of which there are so many. */
final class WithNotifier {

  /** Longer than any load takes that does what it should. */
  static final Duration LONG = Duration.ofMinutes(10);

  /** What a notifier gets in production: half a gigabyte. The last -Xmx is the one that counts. */
  private static final String HEAP = "-Xmx512m";

  private final Session session;
  private final Services services;

  private WithNotifier(Session session, Services services) {
    this.session = session;
    this.services = services;
  }

  /** What happens once the system is up and warm. */
  @FunctionalInterface
  interface Scene {
    void play(WithNotifier stage, Services services)
        throws IOException, InterruptedException, SQLException;
  }

  /** Starts a system, warms it up, lets the scene play, and stops it in an orderly way. */
  static void play(Session session, String name, UnaryOperator<Setup> differences, Scene scene)
      throws IOException, InterruptedException, SQLException {
    try (var services =
        session.start(name, setup -> differences.apply(setup).withOption(HEAP), true)) {
      new Trial(session, services)
          .warmUp(session.load(services, LoadKind.SINGLE, 0, session.options().warmUpSeconds()));
      scene.play(new WithNotifier(session, services), services);
      session.stop(services, name);
    }
  }

  /** So many tasks, whose ends are the events; returns when the last of them is accepted. */
  void submit(LoadKind kind, double perSecond, long tasks)
      throws IOException, InterruptedException {
    var load = session.load(services, kind, perSecond, (double) LONG.toSeconds()).atMost(tasks);
    var seen = ClientProcess.start(session.folder(), "load", load).await();
    require(seen.result().accepted() == tasks, "not all tasks were accepted");
  }

  /** Ends the run if it cannot go on. */
  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
