package io.legwork.worker.execution;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets how much of a worker that has more to do than it can. */
class SharesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int BACKLOG = 100;

  private final TestWorker worker = new TestWorker("--legwork.worker.prefetch=" + BACKLOG);

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void givesHighMostAndLowItsShareWhileAllHaveABacklog() {
    for (Priority priority : Priority.values()) {
      String payload = "\"" + priority.wireName() + "\"";
      worker.submit("ordered", priority, Collections.nCopies(BACKLOG, payload));
    }
    Lanes lanes = worker.bean(Execution.class).lanes();
    await()
        .atMost(SOON)
        .until(() -> lanes.waitingLongerThan(Duration.ZERO).size() == 3 * BACKLOG - 1);

    TestHandlers.OrderedHandler.OPEN.countDown();
    List<Priority> started = TestHandlers.OrderedHandler.STARTED;
    await().atMost(SOON).until(() -> started.size() == 3 * BACKLOG);

    // The first came alone, before there was anything to choose from.
    Map<Priority, Long> shares =
        started.subList(1, 101).stream().collect(groupingBy(priority -> priority, counting()));
    assertThat(shares)
        .containsEntry(Priority.HIGH, 60L)
        .containsEntry(Priority.NORMAL, 30L)
        .containsEntry(Priority.LOW, 10L);
  }

  @Test
  void takesFewOfASlowTypeAndManyOfAQuickOne() throws Exception {
    worker.replace();
    TaskId slow = worker.submit("gate", "1", 1);
    await().atMost(SOON).until(() -> worker.view(slow).state() == TaskState.RUNNING);
    TaskConsumers consumers = worker.bean(TaskConsumers.class);
    String queue = Topology.taskQueue("default", Priority.NORMAL);
    await().atMost(SOON).until(() -> consumers.prefetch(queue) == 6);

    worker.submit("gate", Priority.NORMAL, Collections.nCopies(50, "1"));
    try (Connection connection = worker.bean(BrokerConnections.class).open("test");
        Channel channel = connection.createChannel()) {
      // The one that ran was handed to the consumer before; this one takes six.
      await().atMost(SOON).until(() -> channel.messageCount(queue) == 44);
    }

    TestHandlers.GateHandler.OPEN.release(51);
    worker.submit("echo", "1", 1);
    await().atMost(SOON).until(() -> consumers.prefetch(queue) >= 700);
  }
}
