package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.notifier.TestNotifier;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many webhooks for one endpoint share the few connections that it may have at a time. */
class ConnectionReuseIT {

  private static final int DELIVERIES = 100;
  private static final int AT_A_TIME = 4;
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir static Path folder;

  private static Path store;
  private static TestNotifier notifier;

  @BeforeAll
  static void start() throws Exception {
    store = folder.resolve("receiver.p12");
    TlsReceiver.makeStore(store);
    System.setProperty(TRUST_STORE, store.toString());
    System.setProperty(TRUST_STORE_PASSWORD, TlsReceiver.PASSWORD);
    try {
      notifier = new TestNotifier("legwork.webhooks.concurrency-per-endpoint=" + AT_A_TIME);
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE_PASSWORD);
    }
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void connectsNoMoreOftenThanItSendsAtATime() throws Exception {
    try (TlsReceiver receiver = new TlsReceiver(store)) {
      for (int i = 0; i < DELIVERIES; i++) {
        notifier.succeed(receiver.callback(), null);
      }

      await().atMost(Duration.ofSeconds(60)).until(() -> receiver.messages() == DELIVERIES);

      assertThat(receiver.connections()).isBetween(1, AT_A_TIME);
      assertThat(receiver.handshakes()).isBetween(1, AT_A_TIME);
    }
  }
}
