package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.legwork.ledger.Claim;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.LedgerException;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.worker.handlers.HandlerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two messages for one attempt in one worker, the first of which learns late that it claimed it.
 */
@Timeout(60)
class DuplicateClaimIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
  private final AtomicInteger claims = new AtomicInteger();
  private final AtomicInteger committed = new AtomicInteger();
  private TestWorker worker;
  private Batcher<ClaimRequest, Claim> slowClaims;
  private Channel channel;
  private String queue;
  private Acknowledger acknowledger;
  private Execution execution;

  @BeforeEach
  void start() throws Exception {
    worker = new TestWorker();
    ExecutionParts parts = worker.bean(ExecutionParts.class);
    slowClaims =
        new Batcher<>(
            new BatcherSettings("slow-claim", LaneKind.PLATFORM, 2, 1, 100),
            batch -> claim(parts, batch),
            LedgerException::blamesOneRow,
            worker.bean(MeterRegistry.class));
    execution =
        new Execution(
            withSlowClaims(parts),
            worker.bean(HandlerRegistry.class),
            worker.bean(WorkerProperties.class));
    channel = worker.bean(BrokerConnections.class).open("test").createChannel();
    queue = channel.queueDeclare().getQueue();
    acknowledger = new Acknowledger(channel, "test");
  }

  private ExecutionParts withSlowClaims(ExecutionParts parts) {
    return new ExecutionParts(
        parts.running(),
        slowClaims,
        parts.claims(),
        parts.takeover(),
        parts.recorder(),
        parts.verdict(),
        parts.metrics(),
        parts.reports(),
        parts.progress(),
        parts.contents(),
        parts.runTimes(),
        parts.spans(),
        parts.timer(),
        parts.ledgerWork());
  }

  /** The first claim is committed, and its answer kept back. */
  private List<Claim> claim(ExecutionParts parts, List<ClaimRequest> batch) {
    boolean first = claims.getAndIncrement() == 0;
    List<Claim> answers = parts.claims().claim(batch);
    committed.incrementAndGet();
    if (first) {
      firstAnswer.join();
    }
    return answers;
  }

  @AfterEach
  void stop() throws Exception {
    firstAnswer.complete(null);
    acknowledger.close();
    channel.getConnection().close();
    slowClaims.close();
    worker.close();
  }

  @Test
  void runsTheAttemptOnce() throws Exception {
    TaskId task = worker.accept("count", "1");

    execution.begin(deliver(task));
    await().atMost(SOON).until(() -> committed.get() == 1);
    execution.begin(deliver(task));
    await().atMost(SOON).until(() -> acknowledger.settled() == 1);
    firstAnswer.complete(null);

    await().atMost(SOON).until(() -> acknowledger.settled() == 2);
    assertThat(TestHandlers.CountHandler.RUNS.get(task.toString())).isEqualTo(1);
  }

  private TaskDelivery deliver(TaskId task) throws Exception {
    TaskMessage message = new TaskMessage(task, NewTask.DEFAULT_TENANT, "count", 0, null);
    channel.basicPublish("", queue, null, message.encode());
    long tag =
        await()
            .atMost(SOON)
            .until(() -> channel.basicGet(queue, false), Objects::nonNull)
            .getEnvelope()
            .getDeliveryTag();
    return TaskDelivery.of(new TaskGroup(List.of(message)), Priority.NORMAL, tag, acknowledger)
        .getFirst();
  }
}
