package io.legwork.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the statements of a notifier are planned. */
class LedgerSessionIT {

  /**
   * With a plan that reads whole tables, each look costs more the more deliveries wait or were
   * made; and plans that leave this way out look dear enough for a server to compile them, each
   * time.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enable_seqscan",
        "enable_bitmapscan",
        "enable_hashjoin",
        "enable_mergejoin",
        "jit"
      })
  void looksRowsUpByKeyAndHasNothingCompiled(String setting) {
    assertThat(
            JdbcClient.create(TestNotifier.shared().part(DataSource.class))
                .sql("select current_setting(?)")
                .param(setting)
                .query(String.class)
                .single())
        .isEqualTo("off");
  }
}
