package io.legwork.producer.submission;

import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.TaskView;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a task looks like right after it was accepted, known without asking the ledger again. */
final class AcceptedTask {

  private static final JsonMapper JSON = JsonMapper.shared();

  private AcceptedTask() {}

  static TaskView view(NewTask task, Accepted accepted) {
    return new TaskView(
        task.id(),
        task.tenant(),
        task.type(),
        task.queue(),
        task.priority(),
        accepted.state(),
        0,
        task.maxAttempts(),
        accepted.submittedAt(),
        accepted.readyAt(),
        null,
        null,
        task.deadline(),
        task.tags(),
        metadata(task.metadata()),
        null,
        null,
        null,
        null);
  }

  private static @Nullable Json metadata(Map<String, String> metadata) {
    return metadata.isEmpty() ? null : Json.of(JSON.writeValueAsBytes(metadata));
  }
}
