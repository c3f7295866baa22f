package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.AttemptView;
import io.legwork.ledger.TaskAttempts;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.worker.http.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task that an endpoint goes on with after it has answered 202. */
@Timeout(120)
class PushIT {

  @TempDir private Path folder;

  @Test
  void isPushedAgainWithAHigherTokenWhenItsWorkerStopsAndIsNotCharged() throws Exception {
    try (TestServer endpoint = new TestServer()) {
      endpoint.answer(202, "");
      declare(endpoint);
      String[] settings = {
        "--legwork.worker.handlers=" + folder,
        "--legwork.worker.stop-grace=200ms",
        "--legwork.outbound.allow=loopback"
      };
      try (TestWorker worker = new TestWorker(settings)) {
        TaskId task = worker.submit("pushed", "{}", 1);
        assertThat(endpoint.seen().body()).contains("\"fencingToken\":1,");

        worker.replace(settings);

        assertThat(endpoint.seen().body())
            .contains("\"fencingToken\":2,")
            .contains(task.toString());
        assertThat(attempts(worker, task).getFirst().reason()).contains("does not count");
      }
    }
  }

  private void declare(TestServer endpoint) throws IOException {
    Files.writeString(
        folder.resolve("pushed.yaml"),
        "type: pushed\nhttp: {url: '%s', secret: whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz}\n"
            .formatted(endpoint.url()));
  }

  private static List<AttemptView> attempts(TestWorker worker, TaskId task) {
    return new TaskAttempts(worker.bean(DataSource.class)).of(NewTask.DEFAULT_TENANT, task);
  }
}
