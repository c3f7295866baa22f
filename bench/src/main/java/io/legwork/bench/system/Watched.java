package io.legwork.bench.system;

import io.legwork.local.service.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A program that prints how it stands, a line each time, and ends with its input. */
public final class Watched implements AutoCloseable {

  private static final Duration STARTING = Duration.ofSeconds(60);

  private final Process process;
  private final String first;
  private volatile String latest = "";

  private Watched(Process process) throws IOException {
    this.process = process;
    this.first = String.valueOf(process.inputReader().readLine());
    Thread.ofPlatform().daemon().name("watch").start(this::read);
  }

  /** Starts one; it has printed its first line when this returns. */
  public static Watched start(Path folder, Class<?> program, List<String> arguments)
      throws IOException {
    var log = folder.resolve(program.getSimpleName() + ".log");
    var paths = arguments.stream().map(Path::of).toList();
    return new Watched(ClientProcess.java(program, paths).redirectError(log.toFile()).start());
  }

  private void read() {
    try (var lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        latest = line;
      }
    } catch (IOException ended) {
      latest = "";
    }
  }

  /** What it printed first. */
  public String first() {
    return first;
  }

  /** The numbers it printed last. */
  public List<Long> numbers() {
    return latest.isEmpty()
        ? List.of()
        : List.of(latest.split(" ")).stream().map(Long::valueOf).toList();
  }

  /** Waits until its latest numbers are as wanted; returns whether they were, in time. */
  public boolean await(Duration limit, Predicate<List<Long>> wanted) {
    return Await.within(limit, () -> !numbers().isEmpty() && wanted.test(numbers()));
  }

  /** Sends it a line. */
  public void tell() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Ends it, and waits for that. */
  public void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(STARTING)) {
      throw new IOException("the program does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
