package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** G8: a cancelled task never succeeds afterwards; and it can be started anew. */
class CancelIT {

  private final Api api = Legwork.shared().api();

  @Test
  void cancelsARunningTaskTellsWhoAskedAndRunsItAnew() {
    var release = new CountDownLatch(1);
    try (var target =
            TestServer.start((n, request) -> {
              release.await();
              return Reply.status(200);
            });
        var inbox = WebhookInbox.open()) {
      var task = aTask("http.request", Map.of("method", "GET", "url", target.url("/slow")));
      var id = api.submit(task.set("callback", inbox.callback()));
      await("is running").atMost(Duration.ofSeconds(20)).until(() -> !target.requests().isEmpty());

      var cancelled = api.post("/v1/tasks/" + id + "/cancel", "").expect(200);
      release.countDown();

      assertThat(Api.state(cancelled.body())).isEqualTo("CANCELLED");
      await("is told").atMost(Duration.ofSeconds(20)).until(() -> inbox.messages(id).size() == 1);
      assertThat(inbox.messages(id).getFirst().body().path("type").asString())
          .isEqualTo("task.cancelled");
      assertThat(Api.state(api.task(id))).isEqualTo("CANCELLED");
      api.post("/v1/tasks/" + id + "/redrive", "").expect(200);
      var done = api.awaitEnd(id);
      assertThat(Api.state(done)).isEqualTo("SUCCEEDED");
      assertThat(api.history(id, "events"))
          .extracting(event -> event.path("type").asString())
          .containsExactly("task.cancelled", "task.redriven", "task.succeeded");
      await("is told again")
          .atMost(Duration.ofSeconds(20))
          .until(() -> inbox.messages(id).size() == 2);
    }
  }
}
