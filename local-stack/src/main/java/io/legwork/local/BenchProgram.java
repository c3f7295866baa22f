package io.legwork.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmark, which starts a broker, a database and services of its own: a stack that is up
 * is not used, but a figure that is measured beside it is worth little.
 */
final class BenchProgram {

  private final Home home;

  BenchProgram(Home home) {
    this.home = home;
  }

  /** Returns the exit code of the program. */
  int run(List<String> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst().equals("micro")) {
      return runMicro(arguments.subList(1, arguments.size()));
    }
    var servers = home.folder("bench").resolve("servers");
    Folders.create(servers);
    var command = new ArrayList<String>();
    // What the servers' processes cost is read from this machine.
    command.addAll(List.of("env", "LEGWORK_TEST_INFRA=native"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR"));
    // The servers' data: on the disk of the checkout, for elsewhere fsync may cost nothing.
    command.add("-Djava.io.tmpdir=" + servers);
    command.addAll(List.of("-jar", home.built("bench", "SNAPSHOT.jar").toString()));
    command.addAll(arguments);
    command.addAll(List.of("--root", home.root().toString()));
    command.addAll(List.of("--out", home.folder("bench").toString()));
    return Foreground.run(command);
  }

  /** The pieces by themselves; the options are those of JMH. */
  private int runMicro(List<String> options) {
    var benchmarks = home.built("bench/micro", "SNAPSHOT.jar");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", benchmarks + ":" + benchmarks.resolveSibling("lib") + "/*"));
    command.add("org.openjdk.jmh.Main");
    command.addAll(options);
    return Foreground.run(command);
  }
}
