package io.legwork.worker.exec;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * What {@code exec} adds to the start of a program that does nothing: a folder, the payload, the
 * reading of what it says, and the search for what it leaves behind.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExecBenchmark {

  private static final String PROGRAM = "/bin/true";

  private final ExecHandler handler =
      new ExecHandler(
          new ExecDeclaration(List.of(PROGRAM), null, null, null, null),
          Path.of("").toAbsolutePath());
  private final byte[] payload = {'{', '}'};

  /** A line of log for each would take its time, too. */
  @Setup
  public void quiet() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
  }

  /** The bare start, and its end. */
  @Benchmark
  public int bareProcess() throws IOException, InterruptedException {
    return new ProcessBuilder(PROGRAM).start().waitFor();
  }

  /** As a worker runs it. */
  @Benchmark
  public Outcome exec() throws IOException, InterruptedException {
    return handler.handle(payload, TestContext.first());
  }
}
