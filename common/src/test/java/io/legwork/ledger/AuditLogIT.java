package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogIT {

  private static final String TENANT = "acme";

  private TestLedger ledger;
  private AuditLog log;

  @BeforeEach
  void open() {
    ledger = new TestLedger();
    log = new AuditLog(ledger.walled);
  }

  @Test
  void tellsWhatWasDoneAndHowItEnded() {
    AuditedAction made = action(TENANT, "POST /v1/keys");
    AuditedAction open = action(TENANT, "DELETE /v1/keys/{id}");
    log.begin(made);
    log.end(made, 201, "/v1/keys/1");
    log.begin(open);
    log.begin(action("other", "POST /v1/keys"));

    List<AuditView> found = list(Long.MAX_VALUE, 10);

    assertThat(found).extracting(AuditView::action).containsExactly(open, made);
    assertThat(found.getFirst().status()).isNull();
    assertThat(found.getFirst().endedAt()).isNull();
    assertThat(found.getLast().status()).isEqualTo(201);
    assertThat(found.getLast().created()).isEqualTo("/v1/keys/1");
    assertThat(found.getLast().endedAt()).isAfterOrEqualTo(found.getLast().at());
    assertThat(list(Long.MAX_VALUE, 1)).extracting(AuditView::action).containsExactly(open);
    assertThat(list(found.getFirst().sequence(), 10))
        .extracting(AuditView::action)
        .containsExactly(made);
    assertThat(log.list(TENANT, Long.MAX_VALUE, Instant.now().plusSeconds(60), 10)).isEmpty();
  }

  @Test
  void anEmptyLogIsIntact() {
    assertThat(log.verify(null)).isEqualTo(new AuditVerification(0, "", null));
  }

  @Test
  void isOneChainHoweverManyWriteAtOnce() throws Exception {
    try (var writers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> done =
          IntStream.range(0, 100).<Future<?>>mapToObj(_ -> writers.submit(this::act)).toList();
      for (Future<?> each : done) {
        each.get();
      }
    }

    AuditVerification verification = log.verify(null);

    assertThat(verification.broken()).isNull();
    assertThat(verification.entries()).isEqualTo(200);
    assertThat(verification.head()).matches("[0-9a-f]{64}");
  }

  @Test
  void isVerifiedInMoreThanOnePart() {
    for (int i = 0; i < 260; i++) {
      act();
    }
    String head = log.verify(null).head();
    act();

    assertThat(log.verify(head).broken()).isNull();
    assertThat(log.verify(head).entries()).isEqualTo(522);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set name = 'nobody'",
        "delete from audit_entry where sequence = 2",
        "truncate audit_entry"
      })
  void isOnlyAppendedTo(String sql) {
    act();

    assertThatThrownBy(() -> execute(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("only appended to");
    assertThat(log.verify(null).broken()).isNull();
  }

  /** By somebody who may change the schema as well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "update audit_entry set name = 'nobody' where sequence = 3 ; 2 ; entry 3 was changed",
        "update audit_entry set at = at + interval '1us' where sequence = 4 ; 3 ; entry 4 was changed",
        "update audit_entry set status = 403 where sequence = 4 ; 3 ; entry 4 was changed",
        "update audit_entry set target = target || ' ' where sequence = 1 ; 0 ; entry 1 was changed",
        "delete from audit_entry where sequence = 2 ; 1 ; entry 2 is missing",
        "delete from audit_entry where sequence = 1 ; 0 ; entry 1 is missing",
        "delete from audit_entry where sequence > 4 ; 4 ; no entry has the head that was noted down",
        "truncate audit_entry ; 0 ; no entry has the head that was noted down"
      })
  void showsWhatWasTamperedWith(String sql, long entries, String broken) throws Exception {
    act();
    act();
    act();
    String head = log.verify(null).head();
    execute("alter table audit_entry disable trigger audit_entry_is_appended_to");

    execute(sql);

    AuditVerification verification = log.verify(head);
    assertThat(verification.broken()).isEqualTo(broken);
    assertThat(verification.entries()).isEqualTo(entries);
  }

  private void act() {
    AuditedAction action = action(TENANT, "POST /v1/tasks/redrive");
    log.begin(action);
    log.end(action, 202, null);
  }

  private static AuditedAction action(String tenant, String operation) {
    return new AuditedAction(
        UUID.randomUUID(),
        tenant,
        UUID.randomUUID(),
        "käthe",
        operation,
        "/v1/keys?a=%20b",
        "192.0.2.7");
  }

  private List<AuditView> list(long before, int limit) {
    return log.list(TENANT, before, Instant.EPOCH, limit);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = ledger.dataSource.getConnection();
        var statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }
}
