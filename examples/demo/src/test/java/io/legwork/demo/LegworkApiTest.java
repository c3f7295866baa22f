package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LegworkApiTest {

  @Test
  void findsTheCommitsAmongTheMetrics() {
    var exposition =
        """
        # HELP legwork_database_commits Transactions committed in the ledger's database
        # TYPE legwork_database_commits gauge
        legwork_database_commits{application="producer"} 1.2345E7
        legwork_database_commits_other 3
        """;

    assertThat(LegworkApi.commits(exposition)).hasValue(12_345_000);
  }

  @Test
  void hasNoCommitsWhereNobodyCountsThem() {
    assertThat(LegworkApi.commits("jvm_threads 3\n")).isEmpty();
    assertThat(LegworkApi.commits("legwork_database_commits NaN\n")).isEmpty();
  }

  @Test
  void saysWhatToDoWhenNobodyAnswers() throws IOException {
    var url = URI.create("http://127.0.0.1:" + freePort());
    try (var api = new LegworkApi(url, url, url)) {
      assertThatThrownBy(api::requirePresence)
          .isInstanceOf(DemoException.class)
          .hasMessageContaining(url.toString())
          .hasMessageContaining("./legwork up")
          .hasMessageContaining("./legwork status");
      assertThat(api.commits()).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
