package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskView;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.worker.WorkerApplication;
import io.legwork.worker.handlers.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handler that calls System.exit ends its worker, and is the only one to be charged for it. */
@Timeout(180)
class ExitIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void chargesTheTaskThatEndedTheProcessAndNoOther() throws Exception {
    JarBuilder.in(folder)
        .handler("Exits", "exits", doing("System.exit(3)"))
        .handler("Waits", "waits", doing("java.util.concurrent.locks.LockSupport.park()"))
        .pack(folder.resolve("handlers.jar"));
    try (TestWorker here = new TestWorker()) {
      Process other = workerWithHandlers(here);
      try {
        TaskId neighbour = here.submit("waits", "1", 1);
        await().atMost(SOON).until(() -> here.view(neighbour).state() == TaskState.RUNNING);
        TaskId exits = here.submit("exits", "1", 5);

        assertThat(other.waitFor(120, TimeUnit.SECONDS)).as("the worker has ended").isTrue();

        assertThat(here.view(exits).failure())
            .satisfies(failure -> assertThat(failure.reason()).contains("System.exit"));
        assertThat(here.view(exits).attempts()).isEqualTo(1);
        TaskView left = here.view(neighbour);
        assertThat(left.state()).isEqualTo(TaskState.QUEUED);
        assertThat(
                new TaskAttempts(here.bean(DataSource.class))
                    .of(NewTask.DEFAULT_TENANT, neighbour)
                    .getFirst()
                    .reason())
            .contains("does not count");
      } finally {
        other.destroyForcibly();
      }
    }
  }

  private static String doing(String statement) {
    return "((java.util.function.Supplier<Object>) () -> { %s; return 1; }).get()"
        .formatted(statement);
  }

  private Process workerWithHandlers(TestWorker here) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(WorkerApplication.class.getName());
    command.addAll(here.settings());
    command.add("--legwork.worker.handlers=" + folder);
    command.add("--legwork.worker.stop-grace=300ms");
    return new ProcessBuilder(command).inheritIO().start();
  }
}
