package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The processes that have stopped beating and left work behind. Thread-safe. */
public final class SilentProcesses {

  private static final String FIND =
      """
      select id, announced_through from process
      where heartbeat_at < now() - ? * interval '1 ms' and not settled and
      """
          + Processes.MAY_JUDGE;

  private static final String ANNOUNCED =
      "update process set announced_through = greatest(announced_through, ?) where id = ?";

  private static final String SETTLE =
      """
      update process p set settled = true, holding = null
      where p.id = ? and p.heartbeat_at < now() - ? * interval '1 ms'
        and not exists (select from task where state = 2 and worker = p.id)
      """;

  private static final String FORGET =
      """
      with gone as (
        delete from process
        where settled and heartbeat_at < now() - ? * interval '1 ms'
        returning id
      ), types as (
        delete from worker_type where worker in (select id from gone)
      )
      delete from revocation where worker in (select id from gone)
      """;

  private final LedgerSession session;
  private final UUID judge;

  /**
   * A process that left work behind.
   *
   * @param announcedThrough its events up to this sequence have been announced
   */
  public record Silent(UUID id, long announcedThrough) {}

  /**
   * @param judge the process that takes others for dead
   */
  public SilentProcesses(DataSource dataSource, UUID judge) {
    this.session = new LedgerSession(dataSource);
    this.judge = judge;
  }

  /**
   * Processes that have been silent for the lease and are not settled; none as long as the judge
   * may not take others for dead ({@link Processes#MAY_JUDGE}).
   */
  public List<Silent> find(Duration lease) {
    return session.statement(
        "look for silent processes",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            long millis = lease.toMillis();
            new Parameters(statement).add(millis).add(judge).add(millis).add(millis);
            List<Silent> silent = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              silent.add(new Silent(rows.getObject(1, UUID.class), rows.getLong(2)));
            }
            return silent;
          }
        });
  }

  /** Notes that the events of a process up to a sequence have been announced by somebody else. */
  public void announced(UUID process, long through) {
    session.statement(
        "note announced events",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ANNOUNCED)) {
            statement.setLong(1, through);
            statement.setObject(2, process);
            return statement.executeUpdate();
          }
        });
  }

  /** Stops looking after a process that is still silent and has no running task any more. */
  public void settle(UUID process, Duration lease) {
    session.statement(
        "settle a silent process",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            statement.setObject(1, process);
            statement.setLong(2, lease.toMillis());
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Forgets settled processes, what they handled and what they were to be told.
   *
   * @param silence for how long they must have been silent: a process that comes back after that
   *     learns only when it records an outcome that its attempts were taken from it
   */
  public void forget(Duration silence) {
    session.statement(
        "forget processes",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, silence.toMillis());
            return statement.executeUpdate();
          }
        });
  }
}
