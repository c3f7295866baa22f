package io.legwork.chaos.nemesis;

import static io.legwork.chaos.nemesis.Fault.lasting;
import static io.legwork.chaos.nemesis.Fault.sudden;

import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Signal;
import java.sql.SQLException;
import java.util.List;

/** What happens to the database server. Its data must survive: all else is rebuilt from it. */
final class DatabaseFaults {

  private static final String TERMINATE =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
      """;

  private DatabaseFaults() {}

  static List<Fault> all() {
    return List.of(
        lasting(
            "database immediate restart",
            Part.DATABASE,
            0,
            3_000,
            (stack, chance) -> restarted(stack)),
        lasting("database frozen", Part.DATABASE, 1_000, 6_000, (stack, chance) -> frozen(stack)),
        sudden("database sessions ended", Part.DATABASE, (stack, chance) -> sessionsEnded(stack)));
  }

  private static Healing restarted(Stack stack) {
    var database = stack.servers().database();
    database.kill();
    return new Healing("recovered from its log", database::start);
  }

  private static Healing frozen(Stack stack) throws SQLException {
    var processes = stack.servers().databaseProcesses();
    Signal.STOP.sendTo(processes);
    return new Healing("SIGSTOP, SIGCONT", () -> Signal.CONT.sendTo(processes));
  }

  private static Healing sessionsEnded(Stack stack) throws SQLException {
    var ended = stack.servers().query(TERMINATE).size();
    return Healing.byItself(ended + " sessions");
  }
}
