package io.legwork.notifier.delivery;

import io.legwork.events.Announcement;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.notifier.TestNotifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What there is no room for when it is new is fetched as soon as there is, and not by the clock.
 */
class LeftDeliveriesIT {

  private static final int DELIVERIES = 40;

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.webhooks.concurrency-per-endpoint=1", "legwork.webhooks.poll-interval=1h");
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void areFetchedByThoseThatMakeRoom() throws Exception {
    try (Receiver receiver = new Receiver()) {
      List<TaskEvent> events = new ArrayList<>();
      for (int i = 0; i < DELIVERIES; i++) {
        events.add(
            notifier.record(new Succeeded(notifier.accept(receiver.callback(null)), 1, null)));
      }

      Announcement.of(events).stream()
          .flatMap(announcement -> announcement.messages().stream())
          .forEach(notifier::publish);

      for (int i = 0; i < DELIVERIES; i++) {
        var _ = receiver.next();
      }
    }
  }
}
