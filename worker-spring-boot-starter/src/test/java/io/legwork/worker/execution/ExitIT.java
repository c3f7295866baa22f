package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskView;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.worker.handlers.JarBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handler that calls System.exit ends its worker, and is the only one to be charged for it. */
@Timeout(400)
class ExitIT {

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void chargesTheTaskThatEndedTheProcessAndNoOther() throws Exception {
    JarBuilder.in(folder)
        .handler("Exits", "exits", doing("System.exit(0)"))
        .handler("Waits", "waits", doing("java.util.concurrent.locks.LockSupport.park()"))
        .pack(folder.resolve("handlers.jar"));
    try (TestWorker here = new TestWorker()) {
      Process other =
          WorkerProcess.start(here, folder, "256m", "--legwork.worker.stop-grace=300ms");
      try {
        TaskId neighbour = here.submit("waits", "1", 1);
        await().atMost(SOON).until(() -> here.view(neighbour).state() == TaskState.RUNNING);
        TaskId exits = here.submit("exits", "1", 5);

        assertThat(other.waitFor(180, TimeUnit.SECONDS)).as("the worker has ended").isTrue();
        assertThat(other.exitValue()).as("so that it is started again").isEqualTo(70);

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
}
