package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a server goes about what is asked of it, in sessions like a notifier's, the strictest. */
class StatementPlansIT {

  private static final String SESSION =
      """
      set enable_seqscan = off; set enable_bitmapscan = off; set enable_mergejoin = off;
      set enable_hashjoin = off; set plan_cache_mode = force_generic_plan
      """;

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static TestLedger ledger;

  @BeforeAll
  static void open() {
    ledger = new TestLedger();
  }

  @Test
  void comparesNoNewDeliveryWithAllOthersOfItsBatch() throws SQLException {
    assertThat(plan(DeliveryIntake.CREATE)).noneMatch(line -> line.contains("Join Filter"));
  }

  @Test
  void comparesNoOutcomeWithAllOthersOfItsBatch() throws SQLException {
    assertThat(plan(DeliveryOutcomes.RECORD)).noneMatch(line -> line.contains("Join Filter"));
  }

  @Test
  void comparesNoWaitingTaskWithAllThatWorkersHold() throws SQLException {
    assertThat(plan(DueTasks.REPEAT_OVERTAKEN)).noneMatch(line -> line.contains("Join Filter"));
  }

  @Test
  void looksForTheDeliveriesOfAnEventInOneDay() throws SQLException {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Succeeded(task, 1, null));

    assertThat(explained("explain analyze execute asked(10, 0, true)", OverlookedEvents.LOOK))
        .filteredOn(line -> line.contains(" on delivery_"))
        .isNotEmpty()
        .filteredOn(line -> !line.contains("never executed"))
        .hasSize(1);
  }

  @Test
  void readsEventsInTheirOrderFromAPlaceOn() throws SQLException {
    assertThat(plan(EventLog.AFTER)).noneMatch(line -> line.contains("Sort  "));
  }

  /** Nothing is known of the parameters. */
  private static List<String> plan(String statement) throws SQLException {
    int parameters = (int) PARAMETER.matcher(statement).results().count();
    var nulls = String.join(", ", Collections.nCopies(parameters, "null"));
    return explained("explain execute asked(%s)".formatted(nulls), statement);
  }

  private static List<String> explained(String explain, String statement) throws SQLException {
    var number = new AtomicInteger();
    var numbered = PARAMETER.matcher(statement).replaceAll(_ -> "\\$" + number.incrementAndGet());
    try (Connection connection = ledger.dataSource.getConnection();
        Statement session = connection.createStatement()) {
      session.execute(SESSION);
      session.execute("prepare asked as " + numbered);
      List<String> lines = new ArrayList<>();
      ResultSet rows = session.executeQuery(explain);
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      session.execute("deallocate asked");
      return lines;
    }
  }
}
