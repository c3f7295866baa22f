package io.legwork.worker.execution;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.rabbitmq.client.Channel;
import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.Recorded;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.secrets.ContentCipher;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import io.legwork.tracing.Tracing;
import io.legwork.worker.handlers.HandlerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the worker adds to a handler that does nothing: from the claim that was returned to the
 * outcome in the hands of the batch that writes it. One hand-over more than the claim to the queue
 * of outcomes: to the batch's thread. The thread that measures waits on a processor of its own, so
 * that what it takes to wake it up is not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HandlerBenchmark {

  private final Semaphore taken = new Semaphore(0);
  private final Random random = new Random(1);
  private final KeptJson payload =
      KeptJson.plain(Json.of("{\"millis\":0,\"body\":\"%s\"}".formatted("p".repeat(232))));
  private ScheduledExecutorService timer;
  private Batcher<Ended, Recorded> outcomes;
  private Acknowledger acknowledger;
  private Execution execution;
  private long tag;

  /** What the payload is read into. */
  public record Payload(int millis, String body) {}

  @Handles("noop")
  static final class Noop implements Handler<Payload> {

    @Override
    public Outcome handle(Payload nothing, TaskContext task) {
      return Outcome.succeed();
    }
  }

  /** A worker without broker and ledger. */
  @Setup
  public void open() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    var meters = new SimpleMeterRegistry();
    timer = Executors.newSingleThreadScheduledExecutor();
    outcomes =
        new Batcher<>(
            new BatcherSettings("outcome", LaneKind.PLATFORM, 2, 200, 100_000),
            this::take,
            _ -> false,
            meters);
    var metrics = new ExecutionMetrics(meters, InstantSource.system());
    acknowledger = new Acknowledger(deafChannel(), "bench");
    var running = new RunningAttempts(Duration.ofMinutes(1));
    var parts =
        new ExecutionParts(
            running,
            null,
            null,
            null,
            new OutcomeRecorder(outcomes, metrics, timer),
            new Verdict(JsonMapper.shared(), ThreadLocalRandom::current, ContentCipher.NONE),
            metrics,
            new Reports(null, running),
            null,
            ContentCipher.NONE,
            new RunTimes(null),
            new AttemptSpans(Tracing.OFF, InstantSource.system()),
            timer,
            timer);
    var properties =
        new WorkerProperties(64, 10_000, 0, 200, 200, Duration.ofMinutes(1), Duration.ZERO);
    execution = new Execution(parts, HandlerRegistry.of(new Noop()), properties);
  }

  private List<Recorded> take(List<Ended> batch) {
    taken.release(batch.size());
    return batch.stream().map(_ -> new Recorded(Optional.empty())).toList();
  }

  private static Channel deafChannel() {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (_, _, _) -> null);
  }

  /** Ends its threads. */
  @TearDown
  public void close() {
    outcomes.close();
    acknowledger.close();
    timer.shutdownNow();
  }

  /** One task after the other. */
  @Benchmark
  public void noop() {
    var id = new TaskId(new UUID(random.nextLong(), random.nextLong()));
    var message = new TaskMessage(id, NewTask.DEFAULT_TENANT, "noop", 0, null);
    var now = Instant.now();
    execution.run(
        TaskDelivery.of(new TaskGroup(List.of(message)), Priority.NORMAL, ++tag, acknowledger)
            .getFirst(),
        new ClaimedTask(
            id,
            NewTask.DEFAULT_TENANT,
            "noop",
            "default",
            Priority.NORMAL,
            1,
            1,
            5,
            Duration.ofMinutes(5),
            RetryPolicy.DEFAULT,
            payload,
            null,
            now,
            now,
            null));
    while (!taken.tryAcquire()) {
      Thread.onSpinWait();
    }
  }
}
