package io.legwork.notifier.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnsettledTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Unsettled unsettled = new Unsettled(3, nanos::get);

  @Test
  void isDueAtOnceWhereAllEventsAreOfConcern() {
    assertThat(unsettled.isDue()).isFalse();

    unsettled.add(List.of(message(1), message(2)), List.of());

    assertThat(unsettled.isDue()).isTrue();
    assertThat(unsettled.latest().getEnvelope().getDeliveryTag()).isEqualTo(2);
  }

  @Test
  void waitsAWhileForOthersToBeCheckedWith() {
    unsettled.add(List.of(message(1)), List.of(event()));
    nanos.addAndGet(Duration.ofMillis(150).toNanos());
    unsettled.add(List.of(message(2)), List.of());

    assertThat(unsettled.isDue()).isFalse();
    nanos.addAndGet(Duration.ofMillis(50).toNanos());

    assertThat(unsettled.isDue()).isTrue();
    assertThat(unsettled.events()).hasSize(1);
    assertThat(unsettled.latest().getEnvelope().getDeliveryTag()).isEqualTo(2);
  }

  @Test
  void doesNotWaitUntilTheBrokerSendsNoMore() {
    unsettled.add(List.of(message(1), message(2)), List.of(event()));
    assertThat(unsettled.isDue()).isFalse();

    unsettled.add(List.of(message(3)), List.of());

    assertThat(unsettled.isDue()).isTrue();
    unsettled.clear();
    assertThat(unsettled.isDue()).isFalse();
    assertThat(unsettled.size()).isZero();
  }

  private static Delivery message(long tag) {
    return new Delivery(new Envelope(tag, false, "", ""), new AMQP.BasicProperties(), new byte[0]);
  }

  private static TaskEvent event() {
    return new TaskEvent(
        1,
        UUID.randomUUID(),
        EventKind.SUCCEEDED,
        "default",
        new TaskId(UUID.randomUUID()),
        "echo",
        "default",
        1,
        1,
        Instant.EPOCH,
        false,
        null);
  }
}
