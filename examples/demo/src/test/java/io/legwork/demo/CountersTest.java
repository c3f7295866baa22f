package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {

  @Test
  void areFoundAmongTheMetrics() {
    var exposition =
        """
        # HELP legwork_database_commits Transactions committed in the ledger's database
        # TYPE legwork_database_commits gauge
        legwork_database_commits_other 3
        legwork_database_commits{application="producer"} 1.2345E7
        legwork_batch_size_count{batch="other"} 4
        legwork_batch_size_count{batch="submission"} 5
        """;

    assertThat(Counters.in(exposition)).contains(new Counters(12_345_000, 5));
  }

  @Test
  void areAbsentWhereNobodyCounts() {
    assertThat(Counters.in("jvm_threads 3\n")).isEmpty();
    assertThat(
            Counters.in(
                """
                legwork_database_commits NaN
                legwork_batch_size_count{batch="submission"} 5
                """))
        .isEmpty();
  }
}
