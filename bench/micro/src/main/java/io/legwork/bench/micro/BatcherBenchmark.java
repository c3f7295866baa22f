package io.legwork.bench.micro;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Handing something to a batcher that writes nothing, and waiting for its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BatcherBenchmark {

  private Batcher<Integer, Integer> batcher;

  /** Two lanes, as on the accept path. */
  @Setup
  public void open() {
    var settings = new BatcherSettings("bench", LaneKind.VIRTUAL, 2, 500, 10_000);
    batcher = new Batcher<>(settings, items -> items, _ -> false, new SimpleMeterRegistry());
  }

  /** Ends its threads. */
  @TearDown
  public void close() {
    batcher.close();
  }

  /** Alone: two hand-overs between threads. */
  @Benchmark
  @Threads(1)
  public int alone() {
    return batcher.submit(1).join();
  }

  /** With others, who share the hand-overs. */
  @Benchmark
  @Threads(64)
  public int amongSixtyFour() {
    return batcher.submit(1).join();
  }
}
