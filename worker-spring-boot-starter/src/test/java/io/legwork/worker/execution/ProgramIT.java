package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.Cancellations;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
import io.legwork.worker.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A task whose handler is a program, from its message to its end. */
@EnabledOnOs(OS.LINUX)
class ProgramIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void leavesNoProcessOfATaskThatIsCancelled() throws IOException {
    Path pids = folder.resolve("pids");
    Files.writeString(
        folder.resolve("program.sh"),
        """
        sleep 300 & echo $! >> %1$s
        setsid sh -c 'echo $$ >> %1$s; sleep 300; sleep 300' &
        echo $$ >> %1$s
        wait
        """
            .formatted(pids));
    Files.writeString(
        folder.resolve("program.yaml"), "type: program\nexec: {command: [sh, ./program.sh]}\n");
    try (TestWorker worker = new TestWorker("--legwork.worker.handlers=" + folder)) {
      TaskId task = worker.submit("program", "{}", 3);
      await().atMost(SOON).until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3);
      List<Long> tree = Files.readAllLines(pids).stream().map(Long::valueOf).toList();

      long start = System.nanoTime();
      cancel(worker, task);
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(SOON)
          .until(() -> tree.stream().noneMatch(ProgramIT::runs));
      Figure.took(
          "to end the processes of a cancelled task",
          Duration.ofNanos(System.nanoTime() - start),
          Duration.ofSeconds(1));

      assertThat(worker.view(task).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  private static void cancel(TestWorker worker, TaskId task) {
    assertThat(
            new Cancellations(
                    worker.bean(DataSource.class), UUID.randomUUID(), worker.bean(UuidV7.class))
                .cancel(NewTask.DEFAULT_TENANT, task))
        .isPresent();
  }

  /** A process that has ended stays visible until its parent has taken note. */
  private static boolean runs(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }
}
