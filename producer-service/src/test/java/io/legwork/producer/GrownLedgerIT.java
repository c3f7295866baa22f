package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import java.time.Duration;
import java.util.Collections;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a producer does all the time, in a ledger that has grown since it began. */
class GrownLedgerIT {

  private static final int BATCHES = 10;
  private static final int BATCH = 500;

  /** More often than it takes until the driver and the server keep a plan. */
  private static final int UNTIL_PLANS_ARE_KEPT = 12;

  private static final int LOOKS = 4;

  private static ProducerUnderTest producer;
  private static JdbcClient ledger;

  @BeforeAll
  static void start() {
    producer = ProducerUnderTest.start(TestInfra.database(), TestInfra.broker());
    ledger = JdbcClient.create(producer.bean(DataSource.class));
  }

  @AfterAll
  static void stop() {
    producer.close();
  }

  @Test
  void looksForWhatIsDueLateOrLostWithoutReadingAllThatWaits() {
    ledger.sql("alter table task set (autovacuum_enabled = off)").update();
    awaitLooks(UNTIL_PLANS_ARE_KEPT);
    fill();
    awaitLooks(LOOKS);

    long before = rowsReadByScans();
    awaitLooks(LOOKS);

    assertThat(rowsReadByScans() - before).isLessThan(BATCHES * BATCH);
  }

  /** A plan that leaves another way out looks dear enough for a server to compile it, each time. */
  @Test
  void hasNoStatementsCompiledByTheServer() {
    assertThat(ledger.sql("select current_setting('jit')").query(String.class).single())
        .isEqualTo("off");
  }

  private static void fill() {
    String batch =
        "{'tasks':[%s]}"
            .formatted(String.join(",", Collections.nCopies(BATCH, "{'type':'echo','payload':1}")));
    for (int i = 0; i < BATCHES; i++) {
      assertThat(producer.post("/v1/tasks/batch", batch).status()).isEqualTo(200);
    }
  }

  /** Each look for tasks past their deadline goes through the index of deadlines. */
  private static void awaitLooks(int looks) {
    long before = looks();
    await().atMost(Duration.ofSeconds(60)).until(() -> looks() >= before + looks);
  }

  private static long looks() {
    return count("select idx_scan from pg_stat_user_indexes where indexrelname = 'task_deadline'");
  }

  private static long rowsReadByScans() {
    return count("select seq_tup_read from pg_stat_user_tables where relname = 'task'");
  }

  private static long count(String question) {
    return ledger.sql(question).query(Long.class).single();
  }
}
