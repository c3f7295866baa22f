package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Ratio;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Whether an old transaction, which keeps dead rows from being cleared away, makes the system slow,
 * and whether it recovers.
 */
final class Pinned {

  private static final String NAME = "pinned";
  private static final String BEFORE = "before the old transaction";
  private static final String AGING = "while the old transaction ages";
  private static final String BESIDE = "beside the old transaction";
  private static final String AFTER = "after the old transaction";
  private static final int TEN_MINUTES = 600;
  private static final Duration CLEARING = Duration.ofSeconds(10);

  private Pinned() {}

  /** It ages beside half of the load, so that nothing gathers that has to be waited for. */
  static void run(Session session) throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", 10);
    int age = session.options().number("pinned", TEN_MINUTES);
    try (var services = session.start(NAME, false)) {
      var trial = new Trial(session, services);
      var most = session.load(services, LoadKind.BATCH, 0, seconds);
      trial.warmUp(session.load(services, LoadKind.BATCH, 0, session.options().warmUpSeconds()));
      session.profile(services, NAME);
      var before = trial.run(BEFORE, 1, most);
      session.add(before);
      double half = before.value(Ratio.RATE).orElseThrow() / 2;
      try (var connection = services.site().connect()) {
        pin(connection);
        session.say("A transaction is open; %,.0f tasks/s for %,d s".formatted(half, age));
        session.add(trial.run(AGING, 1, session.load(services, LoadKind.BATCH, half, age)));
        session.add(trial.run(BESIDE, 1, most));
        connection.rollback();
      }
      Await.pause(CLEARING);
      session.add(trial.run(AFTER, 1, most));
      session.stop(services, NAME);
    }
    session.relate(BESIDE, BEFORE, Ratio.RATE);
    session.relate(AFTER, BEFORE, Ratio.RATE);
  }

  private static void pin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      statement.execute("select txid_current()");
    }
  }
}
