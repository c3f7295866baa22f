package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.DueTasks;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.process.Heartbeat;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks whose content is sealed in the ledger: handlers notice nothing of it. */
class SealedTaskIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = "bGVnd29yayBrZXkgb2YgdGhlIHdvcmtlcnMgdGVzdHM=";
  private static final ContentCipher CIPHER =
      new ContentCipher(SecretCipher.of(List.of(KEY)), List.of(ContentCipher.ALL));

  @Test
  void keepsCheckpointAndResultAsThePayloadIsKept() {
    try (var worker = new TestWorker("--legwork.secrets.keys=" + KEY)) {
      TaskId task = worker.submitSealed("steps", "2", 2, CIPHER);
      await().atMost(SOON).until(() -> worker.view(task).state() == TaskState.RETRYING);
      assertSealed(worker, "select checkpoint from task_progress where task_id = ?", task);
      var due = new DueTasks(worker.bean(DataSource.class), Heartbeat.LEASE);
      await().atMost(SOON).until(() -> !due.promote(10).isEmpty());

      worker.publish(task, "steps", 1);

      await().atMost(SOON).until(() -> worker.view(task).state() == TaskState.SUCCEEDED);
      assertSealed(worker, "select result from finished_task where id = ?", task);
      assertThat(read(worker, task, CIPHER).result()).isEqualTo(Json.of("2"));
      assertThat(read(worker, task, ContentCipher.NONE))
          .satisfies(unread -> {
            assertThat(unread.result()).isNull();
            assertThat(unread.resultError()).contains("key that is not configured");
          });
    }
  }

  @Test
  void failsTheAttemptOfAWorkerWithoutTheKeyAndNoOther() {
    try (var worker = new TestWorker()) {
      TaskId sealed = worker.submitSealed("deed", "\"FAIL_ONCE\"", 1, CIPHER);
      TaskId plain = worker.submit("steps", "1", 1);

      await().atMost(SOON).until(() -> worker.view(sealed).state() == TaskState.FAILED);
      await().atMost(SOON).until(() -> worker.view(plain).state() == TaskState.SUCCEEDED);
      TaskView.Failure failure = Objects.requireNonNull(worker.view(sealed).failure());
      assertThat(failure.reason()).contains("key that is not configured");
      assertThat(failure.permanent()).isFalse();
    }
  }

  private static TaskView read(TestWorker worker, TaskId task, ContentCipher cipher) {
    return new TaskQueries(worker.bean(DataSource.class), cipher)
        .find(NewTask.DEFAULT_TENANT, task)
        .orElseThrow();
  }

  private static void assertSealed(TestWorker worker, String sql, TaskId task) {
    byte[] kept =
        JdbcClient.create(worker.bean(DataSource.class))
            .sql(sql)
            .param(task.value())
            .query(byte[].class)
            .single();
    assertThat(kept).startsWith(1).hasSize(1 + ContentCipher.OVERHEAD);
  }
}
