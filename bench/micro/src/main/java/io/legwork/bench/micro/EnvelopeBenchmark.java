package io.legwork.bench.micro;

import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.TaskId;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading the message that tells a worker of a task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EnvelopeBenchmark {

  private static final TaskId TASK =
      new TaskId(UUID.fromString("01a1f8e1-2ad0-7000-ac8a-e35c78f3cb0e"));

  private final TaskMessage message = new TaskMessage(TASK, "default", "bench.noop", 0, null);
  private final byte[] body = message.encode();

  /** What the producer does. */
  @Benchmark
  public byte[] encode() {
    return message.encode();
  }

  /** What the worker does. */
  @Benchmark
  public TaskGroup decode() throws UnreadableMessageException {
    return TaskGroup.decode(body);
  }
}
