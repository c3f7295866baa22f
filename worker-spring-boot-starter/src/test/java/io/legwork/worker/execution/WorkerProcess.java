package io.legwork.worker.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker in a process of its own, on the broker and ledger of another. */
final class WorkerProcess {

  private WorkerProcess() {}

  /**
   * Starts one; the caller ends it.
   *
   * @param handlers the folder of its handlers
   * @param heap the most memory for its objects, such as {@code 256m}
   */
  static Process start(TestWorker beside, Path handlers, String heap, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TestApplication.class.getName());
    command.addAll(beside.settings());
    command.add("--legwork.worker.handlers=" + handlers);
    command.addAll(List.of(more));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
