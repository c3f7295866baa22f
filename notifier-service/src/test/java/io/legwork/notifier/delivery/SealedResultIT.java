package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.notifier.TestNotifier;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that are sealed in the ledger, and who is told of them. */
class SealedResultIT {

  private static final String FOUND = "select count(*) from delivery_request where ";

  private final Receiver receiver = new Receiver();

  @Test
  void areToldAndKeptSealedInTheLogOfDeliveries() throws Exception {
    try (receiver;
        var notifier = new TestNotifier()) {
      TaskEvent event = succeed(notifier);

      assertThat(receiver.next().body()).contains("\"result\":\"sealed 4711\"");
      assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
      assertThat(notifier.query(FOUND + "get_byte(body, 0) = 1")).isEqualTo(1);
    }
  }

  @Test
  void areLeftOutByANotifierWithoutAnyKey() throws Exception {
    try (receiver;
        var notifier = new TestNotifier("legwork.secrets.keys=")) {
      TaskEvent event = succeed(notifier);

      assertThat(receiver.next().body())
          .contains("\"state\":\"SUCCEEDED\"")
          .doesNotContain("\"result\"");
      assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
    }
  }

  private TaskEvent succeed(TestNotifier notifier) {
    TaskId task = notifier.accept(receiver.callback(null));
    KeptJson result =
        new ContentCipher(TestNotifier.CIPHER, List.of())
            .keep(true, Part.RESULT, task.value(), Json.of("\"sealed 4711\""));
    TaskEvent event = notifier.record(new AttemptOutcome.Succeeded(task, 1, result));
    notifier.announce(event);
    return event;
  }
}
