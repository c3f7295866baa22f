package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.task.Priority;
import io.legwork.task.TaskState;
import io.legwork.worker.handlers.JarBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Handlers that wait cost little: one worker of 512 MB runs ten thousand of them together. */
@EnabledIfSystemProperty(named = "legwork.figures", matches = "true")
@Timeout(300)
class SleepersIT {

  private static final int MANY = 10_000;
  private static final Duration SOON = Duration.ofMinutes(4);

  @TempDir private Path folder;

  /** They sleep once all have begun, so that it is certain that all run at the same time. */
  @Test
  void runsTenThousandAtTheSameTime() throws Exception {
    JarBuilder.in(folder)
        .source(
            "Sleeper",
            """
            import io.legwork.handler.Handler;
            import io.legwork.handler.Handles;
            import io.legwork.handler.Outcome;
            import io.legwork.handler.TaskContext;
            import java.util.concurrent.CountDownLatch;

            @Handles(value = "sleep", concurrency = %1$d)
            public class Sleeper implements Handler<Object> {

              private static final CountDownLatch ALL = new CountDownLatch(%1$d);

              public Outcome handle(Object payload, TaskContext task) throws InterruptedException {
                ALL.countDown();
                ALL.await();
                Thread.sleep(1000);
                return Outcome.succeed();
              }
            }
            """
                .formatted(MANY))
        .registered("Sleeper")
        .pack(folder.resolve("sleeper.jar"));
    try (TestWorker here = new TestWorker("--legwork.queues=elsewhere")) {
      Process sleepers = WorkerProcess.start(here, folder, "512m");
      try {
        here.submit("sleep", Priority.NORMAL, Collections.nCopies(MANY, "1"));

        await().atMost(SOON).until(() -> succeeded(here) == MANY);

        assertThat(sleepers.isAlive()).isTrue();
      } finally {
        sleepers.destroyForcibly();
      }
    }
  }

  private static int succeeded(TestWorker worker) {
    return JdbcClient.create(worker.bean(DataSource.class))
        .sql("select count(*) from finished_task where type = 'sleep' and state = ?")
        .param(TaskState.SUCCEEDED.code())
        .query(Integer.class)
        .single();
  }
}
