package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryView;
import io.legwork.notifier.TestNotifier;
import io.legwork.task.TaskId;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** Waits for what becomes of the one delivery of a task. */
final class Deliveries {

  private Deliveries() {}

  static DeliveryView settled(TestNotifier notifier, TaskId task) {
    eventually()
        .untilAsserted(() ->
            assertThat(notifier.deliveries(task))
                .singleElement()
                .satisfies(it -> assertThat(it.state()).isNotEqualTo(DeliveryState.PENDING)));
    return only(notifier, task);
  }

  static DeliveryView only(TestNotifier notifier, TaskId task) {
    assertThat(notifier.deliveries(task)).hasSize(1);
    return notifier.deliveries(task).getFirst();
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }
}
