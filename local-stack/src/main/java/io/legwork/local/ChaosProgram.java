package io.legwork.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the chaos program, which starts a broker, a database and services of its own: a stack that
 * is up is neither used nor disturbed.
 */
final class ChaosProgram {

  private final Home home;

  ChaosProgram(Home home) {
    this.home = home;
  }

  /** Returns the exit code of the program; arguments given here win over ours. */
  int run(List<String> arguments) {
    var command = new ArrayList<String>();
    // It sends signals to the servers' processes, so they must be processes of this machine.
    command.addAll(List.of("env", "LEGWORK_TEST_INFRA=native"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR", "-jar"));
    command.add(home.built("system-tests", "SNAPSHOT.jar").toString());
    command.addAll(List.of("--root", home.root().toString()));
    command.addAll(List.of("--out", home.folder("chaos").toString()));
    command.addAll(arguments);
    return Foreground.run(command);
  }
}
