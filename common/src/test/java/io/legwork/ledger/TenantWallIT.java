package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.access.Scope;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What forgets to name its tenant finds nothing of other tenants (guarantee G12). */
class TenantWallIT {

  private static final String MINE = "acme";
  private static final String THEIRS = "globex";

  /** All tables that say whose their rows are, without partitions. */
  private static final String WITH_TENANT =
      """
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where a.attname = 'tenant' and c.relkind in ('r', 'p', 'v') and not c.relispartition
        and c.relnamespace = 'public'::regnamespace
      order by 1
      """;

  private static final String PARTITIONS =
      """
      select c.relname from pg_class c
      where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      """;

  private final TestLedger ledger = new TestLedger();
  private final AtomicInteger numbers = new AtomicInteger();

  @Test
  void aQuestionWithoutItsTenantFindsNothingOfOthers() {
    List<String> tables = column(WITH_TENANT);
    tables.stream().filter(table -> !table.equals("committed_event")).forEach(this::fill);
    List<String> open = new ArrayList<>();
    for (String table : tables) {
      if (mayRead(table)) {
        open.add(table);
        assertThat(ask(ledger, MINE, "select tenant from " + table)).as(table).containsOnly(MINE);
        assertThat(ask(ledger, THEIRS, "select tenant from " + table))
            .as(table)
            .containsOnly(THEIRS);
        assertThat(ask(ledger, "nobody", "select tenant from " + table)).as(table).isEmpty();
      }
    }

    assertThat(open)
        .containsExactly(
            "api_key",
            "audit_entry",
            "committed_event",
            "delivery",
            "delivery_attempt",
            "delivery_request",
            "event",
            "finished_task",
            "subscription",
            "task",
            "task_attempt",
            "task_progress");
  }

  private boolean mayRead(String table) {
    return ledger
        .text(
            "select has_column_privilege('legwork_tenant', '%s', 'tenant', 'select')"
                .formatted(table))
        .equals("t");
  }

  @Test
  void partitionsAreNoWayRoundIt() {
    List<String> partitions = column(PARTITIONS);

    assertThat(partitions).isNotEmpty();
    for (String partition : partitions) {
      expectDenied(() -> ask(ledger, MINE, "select 1 from " + partition));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select payload from task_input",
        "select callback_secret from task_input",
        "select body from delivery_request",
        "select secret from delivery_request",
        "select checkpoint from task_progress",
        "select report_key from process",
        "delete from task returning id",
      })
  void secretsAreNotReadBehindIt(String sql) {
    expectDenied(() -> ask(ledger, MINE, sql));
  }

  @Test
  void everythingThatOneTenantAsksIsAskedBehindIt() {
    ledger.execute("revoke select on all tables in schema public from legwork_tenant");
    ledger.execute("revoke select (id, tenant, url) on delivery_request from legwork_tenant");
    var deliveries = new DeliveryQueries(ledger.walled);
    var subscriptions = new Subscriptions(ledger.walled, TestLedger.CIPHER);
    var keys = new ApiKeys(ledger.walled);
    var filter = new TaskFilter(MINE, null, null, null, null, null, null, Scope.ALL);
    var some = UUID.randomUUID();

    Stream.<ThrowingCallable>of(
            () -> ledger.queries.find(MINE, new TaskId(some)),
            () -> ledger.queries.list(filter, 1),
            () -> ledger.attempts.of(MINE, new TaskId(some)),
            () -> ledger.events.ofTask(MINE, new TaskId(some)),
            () -> deliveries.ofTask(MINE, new TaskId(some)),
            () -> deliveries.find(MINE, some),
            () -> deliveries.list(new DeliveryFilter(MINE, null, null, null, null, null), 1),
            () -> subscriptions.find(some, MINE),
            () -> subscriptions.list(MINE, null, 1),
            () -> keys.find(MINE, some),
            () -> keys.list(MINE, null, 1),
            () -> new AuditLog(ledger.walled).list(MINE, 1, Instant.EPOCH, 1))
        .forEach(TenantWallIT::expectDenied);
  }

  @Test
  void endsWithTheQuestion() throws SQLException {
    fill("task");
    try (Connection connection = ledger.dataSource.getConnection()) {
      var session = new LedgerSession(walled(new SingleConnectionDataSource(connection, true)));

      for (int i = 0; i < 10; i++) {
        assertThat(ask(session, MINE, "select tenant from task")).containsExactly(MINE);
        assertThat(all(connection, "select tenant from task order by 1"))
            .containsExactly(MINE, THEIRS);
        assertThat(ask(session, THEIRS, "select tenant from task")).containsExactly(THEIRS);
      }
      assertThatThrownBy(() -> ask(session, MINE, "select 1 / 0 from task"))
          .isInstanceOf(LedgerException.class);
      assertThat(all(connection, "select tenant from task")).hasSize(2);
    }
  }

  private static LedgerDataSource walled(SingleConnectionDataSource database) {
    var walled = new LedgerDataSource(database);
    walled.open();
    walled.wall();
    return walled;
  }

  @Test
  void standsForAnOwnerWhoMayTakeTheRole() throws SQLException {
    PGSimpleDataSource owner = anOwner();
    ledger.execute("grant legwork_tenant to " + owner.getUser());

    LedgerDataSource walled = TestLedger.walled(owner);

    expectDenied(() -> ask(new LedgerSession(walled), MINE, "select payload from task_input"));
    try (Connection connection = owner.getConnection()) {
      assertThat(all(connection, "select count(payload) from task_input")).containsExactly("0");
    }
  }

  @Test
  void doesWithoutWhereTheDatabaseDoesNotLetIt() {
    PGSimpleDataSource owner = anOwner();

    assertThat(TenantWall.raise(owner)).isFalse();

    var open = new LedgerDataSource(owner);
    open.open();
    assertThat(new TaskQueries(open).find(MINE, new TaskId(UUID.randomUUID()))).isEmpty();
  }

  /**
   * Somebody like those whom managed databases give us: the owner of a ledger, and nothing more.
   */
  private PGSimpleDataSource anOwner() {
    DatabaseAccess access = TestInfra.database();
    String name = "owner_of_" + access.database().replace('-', '_');
    ledger.execute("create role " + name + " login password 'secret'");
    ledger.execute("alter database \"%s\" owner to %s".formatted(access.database(), name));
    var database = new PGSimpleDataSource();
    database.setUrl(access.jdbcUrl());
    database.setUser(name);
    database.setPassword("secret");
    Flyway.configure().dataSource(database).load().migrate();
    return database;
  }

  private static void expectDenied(ThrowingCallable question) {
    assertThatThrownBy(question).hasStackTraceContaining("permission denied");
  }

  /** A row of each tenant, with some value for every column that must have one. */
  private void fill(String table) {
    for (String tenant : List.of(MINE, THEIRS)) {
      ledger.execute(
          ledger.text(
              """
              select format('insert into %2$s (%%s) values (%%s)', string_agg(column_name, ', '),
                            string_agg(quote_literal(case
                              when data_type = 'text' then '%1$s'
                              when data_type = 'uuid' then gen_random_uuid()::text
                              when data_type like 'timestamp%%%%' then '2026-01-01T00:00:00Z'
                              when data_type = 'boolean' then 'false'
                              when data_type = 'ARRAY' then '{}'
                              when data_type = 'bytea' then ''
                              else '%3$d' end), ', '))
              from information_schema.columns
              where table_name = '%2$s' and is_nullable = 'NO' and column_default is null
              """
                  .formatted(tenant, table, numbers.incrementAndGet())));
    }
  }

  private List<String> column(String sql) {
    try (Connection connection = ledger.dataSource.getConnection()) {
      return all(connection, sql);
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  private static List<String> ask(TestLedger ledger, String tenant, String sql) {
    return ask(new LedgerSession(ledger.walled), tenant, sql);
  }

  private static List<String> ask(LedgerSession session, String tenant, String sql) {
    return session.question(tenant, "ask", sql, _ -> {}, TenantWallIT::texts);
  }

  private static List<String> all(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return texts(statement.executeQuery(sql));
    }
  }

  private static List<String> texts(ResultSet rows) throws SQLException {
    List<String> found = new ArrayList<>();
    while (rows.next()) {
      found.add(rows.getString(1));
    }
    return found;
  }
}
