package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the API does while a server it needs is away, and what happens when it is back. */
class OutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @AfterEach
  void everythingIsBack() {
    legwork.awaitReady();
  }

  @Test
  void answers503WithinTwoSecondsWhileTheDatabaseIsDownAndRecovers() {
    var before = api.submit(aTask("echo", "before"));
    legwork.database().stop();
    try {
      for (int request = 0; request < 5; request++) {
        var refusals =
            List.of(api.post("/v1/tasks", aTask("echo", "during")), api.get("/v1/tasks/" + before));
        assertThat(refusals)
            .allSatisfy(answer -> {
              answer.expectProblem(503);
              assertThat(answer.header("Retry-After").orElse("")).matches("[1-9][0-9]*");
              assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
            });
      }
    } finally {
      legwork.database().start();
    }
    await("accepts again")
        .atMost(PATIENCE)
        .until(() -> api.post("/v1/tasks", aTask("echo", "after")).status() == 202);
    assertThat(Api.state(api.awaitEnd(before))).isEqualTo("SUCCEEDED");
    assertThat(Api.state(api.awaitEnd(api.submit(aTask("echo", "after"))))).isEqualTo("SUCCEEDED");
  }

  @Test
  void acceptsTasksWhileTheBrokerIsDownAndRunsThemWhenItIsBack() {
    List<String> ids;
    legwork.broker().stop();
    try {
      ids = IntStream.range(0, 50).mapToObj(n -> api.submit(aTask("echo", n))).toList();
      assertThat(ids).extracting(id -> Api.state(api.task(id))).containsOnly("QUEUED");
    } finally {
      legwork.broker().start();
    }

    assertThat(ids)
        .allSatisfy(id -> assertThat(Api.state(api.awaitEnd(id))).isEqualTo("SUCCEEDED"));
  }

  @Test
  void bringsBackWhatAPurgedQueueLost() {
    legwork.workers().forEach(ServiceProcess::kill);
    var ids = api.submitAll(IntStream.range(0, 20).mapToObj(n -> aTask("echo", n)).toList());
    await("published")
        .atMost(PATIENCE)
        .until(() -> legwork.messages().values().stream().mapToInt(n -> n).sum() >= ids.size());
    legwork.broker().rabbitmqctl("purge_queue", "legwork.tasks.default.normal");
    legwork.workers().forEach(ServiceProcess::start);
    legwork.awaitReady();

    assertThat(ids)
        .allSatisfy(id -> assertThat(Api.state(api.awaitEnd(id))).isEqualTo("SUCCEEDED"));
  }
}
