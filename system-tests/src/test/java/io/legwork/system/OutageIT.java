package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the API does while a server it needs is away, and what happens when it is back. */
class OutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @AfterEach
  void everythingIsBack() {
    legwork.workers().stream().filter(worker -> !worker.isAlive()).forEach(ServiceProcess::start);
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

    assertAllSucceed(ids);
  }

  @Test
  void goesOnWithin5SecondsAfterACrashOfTheDatabase() {
    var before = api.submitAll(tasks());

    legwork.database().kill();
    legwork.database().start();

    var first =
        await("accepts again")
            .atMost(Duration.ofSeconds(5))
            .until(() -> api.post("/v1/tasks", aTask("echo", "after")), a -> a.status() == 202);
    assertAllSucceed(before);
    assertAllSucceed(List.of(first.text("id")));
  }

  @Test
  void acceptsAndConsumesWhileTheBrokerIsShortOfMemory() {
    legwork.workers().forEach(ServiceProcess::kill);
    var waiting = api.submitAll(tasks());
    legwork.awaitPublished();
    List<String> accepted;
    legwork.broker().rabbitmqctl("set_vm_memory_high_watermark", "0");
    try {
      legwork.workers().forEach(ServiceProcess::start);
      accepted = api.submitAll(tasks());
      await("says so")
          .atMost(PATIENCE)
          .until(() -> legwork.producer().health("/readiness").contains("asks to wait"));
      assertThat(legwork.producer().health("/readiness")).startsWith("200 ").contains("DEGRADED");
      legwork.awaitReady();
      assertAllSucceed(waiting);
      assertThat(accepted).extracting(id -> Api.state(api.task(id))).containsOnly("QUEUED");
    } finally {
      legwork.broker().rabbitmqctl("set_vm_memory_high_watermark", "0.6");
    }

    assertAllSucceed(accepted);
  }

  @Test
  void runsEverythingAlthoughTheBrokerLostAllItsData() {
    legwork.workers().forEach(ServiceProcess::kill);
    var ids = api.submitAll(tasks());
    legwork.awaitPublished();

    legwork.broker().stopApp();
    legwork.broker().rabbitmqctl("reset");
    legwork.broker().startApp();
    legwork.workers().forEach(ServiceProcess::start);

    assertAllSucceed(ids);
  }

  @Test
  void runsEverythingAlthoughExchangesAndQueuesAreDeleted() {
    var ids = new ArrayList<String>();
    for (var exchange : List.of("legwork.tasks", "legwork.events")) {
      ids.addAll(api.submitAll(tasks()));
      legwork.deleteExchange(exchange);
      legwork.broker().rabbitmqctl("delete_queue", "legwork.tasks.default.normal");
      legwork.broker().rabbitmqctl("delete_queue", "legwork.notify");
      ids.addAll(api.submitAll(tasks()));
    }

    assertAllSucceed(ids);
  }

  private static List<ObjectNode> tasks() {
    return IntStream.range(0, 20).mapToObj(n -> aTask("echo", n)).toList();
  }

  private void assertAllSucceed(List<String> ids) {
    assertThat(ids)
        .allSatisfy(id -> assertThat(Api.state(api.awaitEnd(id))).isEqualTo("SUCCEEDED"));
  }

  @Test
  void bringsBackWhatAPurgedQueueLost() {
    legwork.workers().forEach(ServiceProcess::kill);
    var ids = api.submitAll(tasks());
    legwork.awaitPublished();
    legwork.broker().rabbitmqctl("purge_queue", "legwork.tasks.default.normal");
    legwork.workers().forEach(ServiceProcess::start);
    legwork.awaitReady();

    assertAllSucceed(ids);
  }
}
