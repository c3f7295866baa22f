package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker dies as with `kill -9` while it runs tasks. */
class WorkerCrashIT {

  private static final int TASKS = 40;

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @AfterEach
  void everythingIsBack() {
    legwork.workers().stream().filter(worker -> !worker.isAlive()).forEach(ServiceProcess::start);
    legwork.awaitReady();
  }

  @Test
  void endsEveryTaskOnce() {
    var release = new CountDownLatch(1);
    try (var target =
            TestServer.start((n, request) -> {
              release.await();
              return Reply.status(200);
            });
        var inbox = WebhookInbox.open()) {
      var payload = Map.of("method", "GET", "url", target.url("/slow"));
      var tasks =
          IntStream.range(0, TASKS)
              .mapToObj(n -> aTask("http.request", payload).set("callback", inbox.callback()))
              .toList();
      var ids = api.submitAll(tasks.stream().map(task -> task.deepCopy()).toList());
      await("all are running")
          .atMost(Duration.ofSeconds(30))
          .until(() -> target.requests().size() >= TASKS);

      legwork.workers().getFirst().kill();
      release.countDown();

      assertThat(ids)
          .allSatisfy(id -> {
            var task = api.awaitEnd(id);
            assertThat(Api.state(task)).as(task::toString).isEqualTo("SUCCEEDED");
            assertThat(task.path("attempts").asInt()).isBetween(1, 2);
            assertThat(api.history(id, "events"))
                .filteredOn(event -> event.path("type").asString().equals("task.succeeded"))
                .hasSize(1);
          });
      await("all webhooks")
          .atMost(Duration.ofSeconds(30))
          .until(() -> ids.stream().noneMatch(id -> inbox.messages(id).isEmpty()));
      assertThat(inbox.messages().stream().map(WebhookInbox.Message::id).distinct()).hasSize(TASKS);
      assertThat(ids.stream().filter(id -> api.task(id).path("attempts").asInt() == 2))
          .as("tasks that the dead worker had")
          .isNotEmpty();
    }
  }

  @Test
  void showsTheLostAttempt() {
    var release = new CountDownLatch(1);
    try (var target =
        TestServer.start((n, request) -> {
          if (n == 1) {
            release.await();
          }
          return Reply.status(200);
        })) {
      var payload = Map.of("method", "GET", "url", target.url("/slow"));
      var id = api.submit(aTask("http.request", payload));
      await("is running").until(() -> target.requests().size() == 1);

      legwork.workers().forEach(ServiceProcess::kill);
      legwork.workers().forEach(ServiceProcess::start);

      assertThat(Api.state(api.awaitEnd(id))).isEqualTo("SUCCEEDED");
      assertThat(api.history(id, "attempts"))
          .extracting(Api::state)
          .containsExactly("LOST", "SUCCEEDED");
      release.countDown();
    }
  }
}
