package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The log of what operators and admins did, which is only ever appended to. An action is written
 * down before it is done and again when it has ended, so that none is missing, whatever happens in
 * between. Every row is sealed over the one before (a hash chain): who changes, removes or inserts
 * one has to change all that follow, and the head that somebody noted down. Thread-safe.
 */
public final class AuditLog {

  /** How many rows are held in memory at once while the log is verified. */
  private static final int CHUNK = 500;

  private static final String GATE = "select pg_advisory_xact_lock(" + Locks.AUDIT + ")";

  private static final String LAST =
      """
      select clock_timestamp() as at, l.sequence, l.seal
      from (values (1)) as one(row)
      left join (select sequence, seal from audit_entry order by sequence desc limit 1) l on true
      """;

  private static final String INSERT =
      """
      insert into audit_entry (sequence, at, action, tenant, key, name, operation, target, source,
                               status, created, seal)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String LIST =
      """
      select b.*, e.at as ended_at, e.status as end_status, e.created as end_created
      from audit_entry b left join audit_entry e on e.action = b.action and e.status is not null
      where b.tenant = ? and b.status is null and b.sequence < ? and b.at >= ?
      order by b.sequence desc limit ?
      """;

  private static final String FOLLOWING =
      "select * from audit_entry where sequence > ? order by sequence limit " + CHUNK;

  private final LedgerSession session;

  /** Keeps it in the ledger behind the data source. */
  public AuditLog(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Writes down that an action begins.
   *
   * @throws LedgerException if that was not possible; the action must not be done then
   */
  public void begin(AuditedAction action) {
    append(action, null, null);
  }

  /**
   * Writes down how an action ended.
   *
   * @param status of HTTP
   * @param created where what it made is found, if it made something
   */
  public void end(AuditedAction action, int status, @Nullable String created) {
    append(action, status, created);
  }

  private void append(AuditedAction action, @Nullable Integer status, @Nullable String created) {
    session.transaction(
        "write the audit log",
        connection -> {
          try (PreparedStatement gate = connection.prepareStatement(GATE)) {
            gate.execute();
          }
          return insert(connection, action, status, created);
        });
  }

  private static int insert(
      Connection connection,
      AuditedAction action,
      @Nullable Integer status,
      @Nullable String created)
      throws SQLException {
    try (PreparedStatement last = connection.prepareStatement(LAST);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      ResultSet row = last.executeQuery();
      row.next();
      var entry =
          new AuditEntry(
              row.getLong("sequence") + 1, Rows.time(row, "at"), action, status, created);
      byte[] former = row.getBytes("seal");
      new Parameters(insert)
          .add(entry.sequence())
          .add(entry.at().atOffset(ZoneOffset.UTC))
          .add(action.id())
          .add(action.tenant())
          .add(action.key())
          .add(action.name())
          .add(action.operation())
          .add(action.target())
          .add(action.source())
          .numberOrNull(status)
          .textOrNull(created)
          .add(entry.seal(former == null ? new byte[0] : former));
      return insert.executeUpdate();
    }
  }

  /**
   * A page of what was done with the keys of a tenant, the latest first.
   *
   * @param before only what has a lower sequence; {@link Long#MAX_VALUE} for the first page
   * @param since only what began then or later
   */
  public List<AuditView> list(String tenant, long before, Instant since, int limit) {
    return session.question(
        tenant,
        "read the audit log",
        LIST,
        parameters ->
            parameters.add(tenant).add(before).add(since.atOffset(ZoneOffset.UTC)).add(limit),
        rows -> {
          List<AuditView> found = new ArrayList<>();
          while (rows.next()) {
            found.add(view(rows));
          }
          return found;
        });
  }

  /**
   * Computes all seals again. Takes its time, and memory for some rows.
   *
   * @param head that was noted down when the log was verified before; null if none was
   */
  public AuditVerification verify(@Nullable String head) {
    byte[] seal = new byte[0];
    long last = 0;
    boolean met = head == null;
    for (List<Sealed> rows = following(last); !rows.isEmpty(); rows = following(last)) {
      for (Sealed row : rows) {
        long sequence = row.entry().sequence();
        if (sequence != last + 1) {
          return new AuditVerification(last, hex(seal), "entry %d is missing".formatted(last + 1));
        }
        byte[] expected = row.entry().seal(seal);
        if (!hex(expected).equals(row.seal())) {
          return new AuditVerification(last, hex(seal), "entry %d was changed".formatted(sequence));
        }
        seal = expected;
        last = sequence;
        met |= row.seal().equals(head);
      }
    }
    return new AuditVerification(
        last, hex(seal), met ? null : "no entry has the head that was noted down");
  }

  /** A row and the seal it has. */
  private record Sealed(AuditEntry entry, String seal) {}

  private List<Sealed> following(long sequence) {
    return session.statement(
        "verify the audit log",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FOLLOWING)) {
            statement.setLong(1, sequence);
            List<Sealed> found = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              found.add(new Sealed(entry(row), hex(row.getBytes("seal"))));
            }
            return found;
          }
        });
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("sequence"),
        Rows.time(row, "at"),
        action(row),
        row.getObject("status", Integer.class),
        row.getString("created"));
  }

  private static AuditView view(ResultSet row) throws SQLException {
    return new AuditView(
        row.getLong("sequence"),
        Rows.time(row, "at"),
        action(row),
        row.getObject("end_status", Integer.class),
        row.getString("end_created"),
        Rows.timeOrNull(row, "ended_at"));
  }

  private static AuditedAction action(ResultSet row) throws SQLException {
    return new AuditedAction(
        row.getObject("action", UUID.class),
        row.getString("tenant"),
        row.getObject("key", UUID.class),
        row.getString("name"),
        row.getString("operation"),
        row.getString("target"),
        row.getString("source"));
  }

  private static String hex(byte[] seal) {
    return HexFormat.of().formatHex(seal);
  }
}
