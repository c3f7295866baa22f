package io.legwork.producer.submission;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.task.NewTask;
import io.legwork.task.TypeDefinition;
import io.legwork.task.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a batch of 500 tasks from its bytes; the time is that of one task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SubmissionBenchmark {

  private static final int TASKS = 500;

  private final byte[] body = body();
  private final Origin origin =
      new Origin(NewTask.DEFAULT_TENANT, io.legwork.access.Scope.ALL, null, null, null);
  private final BatchReader reader = reader();

  private static byte[] body() {
    var task =
        "{\"type\":\"bench.noop\",\"payload\":{\"millis\":0,\"body\":\"%s\"}}"
            .formatted("p".repeat(232));
    var tasks = String.join(",", Collections.nCopies(TASKS, task));
    return "{\"tasks\":[%s]}".formatted(tasks).getBytes(StandardCharsets.UTF_8);
  }

  private static BatchReader reader() {
    var clock = InstantSource.system();
    var noop = new TypeDefinition("bench.noop", null, null, null, null);
    var types = new KnownTypes(() -> Map.of(noop.name(), noop), clock);
    var ids = UuidV7.of(clock);
    var policy =
        new OutboundPolicy(new OutboundProperties(List.of("public"), List.of("https"), List.of()));
    return new BatchReader(new TaskReader(List.of("default"), types, policy, ids, clock));
  }

  /** A batch that is refused would take another time. */
  @Setup
  public void check() {
    var refusals = reader.read(body, origin).refusals();
    if (!refusals.isEmpty()) {
      throw new IllegalStateException("the tasks are refused: " + refusals.firstEntry());
    }
  }

  /** As the accept path does it. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public Object read() {
    return reader.read(body, origin);
  }
}
