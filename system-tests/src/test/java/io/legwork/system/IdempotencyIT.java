package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One idempotency key, one task. */
class IdempotencyIT {

  private final Api api = Legwork.shared().api();
  private final String key = "\"" + UUID.randomUUID() + "\"";

  @Test
  void replaysTheFirstAnswer() {
    var task = aTask("echo", Map.of("a", 1));
    var first = api.post("/v1/tasks", task, "Idempotency-Key", key).expect(202);
    var second = api.post("/v1/tasks", task, "Idempotency-Key", key).expect(202);

    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.header("Idempotent-Replayed")).contains("true");
  }

  @Test
  void takesAKeyWithAndWithoutQuotesForTheSame() {
    var task = aTask("echo", Map.of("a", 1));
    var first = api.post("/v1/tasks", task, "Idempotency-Key", key).expect(202);
    var bare = key.replace("\"", "");

    assertThat(api.post("/v1/tasks", task, "Idempotency-Key", bare).expect(202).text("id"))
        .isEqualTo(first.text("id"));
  }

  @Test
  void refusesTheSameKeyWithAnotherBody() {
    api.post("/v1/tasks", aTask("echo", Map.of("a", 1)), "Idempotency-Key", key).expect(202);

    api.post("/v1/tasks", aTask("echo", Map.of("a", 2)), "Idempotency-Key", key).expectProblem(422);
  }

  @Test
  void makesOneTaskOfManyRequestsAtOnce() throws Exception {
    var task = aTask("echo", Map.of("a", 1));
    Callable<Answer> request = () -> api.post("/v1/tasks", task, "Idempotency-Key", key);
    var ids = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Collections.nCopies(20, request))) {
        // 409 says that the first request is still in progress.
        if (answer.get().status() != 409) {
          ids.add(answer.get().expect(202).text("id"));
        }
      }
    }

    assertThat(List.copyOf(ids)).isNotEmpty();
    assertThat(ids.stream().distinct()).hasSize(1);
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    api.post("/v1/tasks", aTask("echo", 1), "Idempotency-Key", "\"" + "k".repeat(1000) + "\"")
        .expectProblem(400);
  }
}
