package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.notifier.TestNotifier;
import org.junit.jupiter.api.Test;

/** The first event that happens after a subscription was created. */
class NewSubscriptionIT {

  private static final int SUBSCRIPTIONS = 10;

  /**
   * Others look for new subscriptions, too: mostly after an event came, and before it is checked.
   */
  private static final String OTHERS_LOOK = "legwork.webhooks.poll-interval=100ms";

  private static final String NOBODY_SWEEPS = "legwork.events.patience=1h";

  @Test
  void isToldWithoutTheSweepersHelp() throws Exception {
    try (TestNotifier notifier = new TestNotifier(OTHERS_LOOK, NOBODY_SWEEPS);
        Receiver receiver = new Receiver()) {
      Subscribers subscribers = new Subscribers(notifier);
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        String type = "first-" + i;
        var _ = subscribers.webhook(receiver, type);
        TaskEvent event = subscribers.succeed(type);

        assertThat(receiver.next().header("webhook-id")).isEqualTo(event.id().toString());
      }
    }
  }
}
