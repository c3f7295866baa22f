package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How soon the tasks of a worker that is gone run elsewhere, and that nothing else is charged. */
@Tag("slow")
class TakeoverIT {

  private static final Logger LOG = LoggerFactory.getLogger(TakeoverIT.class);
  private static final int TASKS = 60;
  private static final int DISCONNECTIONS = Integer.getInteger("legwork.test.disconnections", 10);
  private static final Duration SOON = Duration.ofSeconds(40);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();
  private final CountDownLatch release = new CountDownLatch(1);

  /** Holds every request until the test lets go; counts the requests by path. */
  private final TestServer target =
      TestServer.start((n, request) -> {
        release.await();
        return Reply.status(200);
      });

  @AfterEach
  void everythingIsBack() {
    release.countDown();
    target.close();
    legwork.workers().stream().filter(worker -> !worker.isAlive()).forEach(ServiceProcess::start);
    legwork.awaitReady();
  }

  @Test
  void runsTheTasksOfAKilledWorkerElsewhereWithinFourSeconds() {
    var ids = runningTasks();
    var held = heldBy(legwork.workers().getFirst(), ids);

    long start = System.nanoTime();
    legwork.workers().getFirst().kill();

    assertThat(untilRunningElsewhere(held, start)).isLessThan(Duration.ofSeconds(4));
    assertAllSucceed(ids, 2);
  }

  @Test
  void runsTheTasksOfAFrozenWorkerElsewhereWithinTenSecondsAndStopsThemThere() {
    var worker = legwork.workers().getFirst();
    var ids = runningTasks();
    var held = heldBy(worker, ids);

    long start = System.nanoTime();
    worker.signal("STOP");
    try {
      assertThat(untilRunningElsewhere(held, start)).isLessThan(Duration.ofSeconds(10));
    } finally {
      worker.signal("CONT");
    }

    await("its attempts are stopped").atMost(SOON).until(() -> running(worker) == 0);
    assertAllSucceed(ids, 2);
  }

  @Test
  void chargesNothingForBrokenConnections() {
    var executions = new AtomicInteger();
    try (var quick =
        TestServer.start((n, request) -> {
          executions.incrementAndGet();
          return Reply.status(200);
        })) {
      var ids = new HashSet<String>();
      for (int i = 0; i < DISCONNECTIONS; i++) {
        ids.addAll(submit(quick, 20));
        legwork.broker().rabbitmqctl("close_all_connections", "test");
      }

      assertAllSucceed(List.copyOf(ids), 1);
      LOG.info(
          "{} executions of {} tasks over {} disconnections",
          executions,
          ids.size(),
          DISCONNECTIONS);
      assertThat(executions.get()).isLessThanOrEqualTo(ids.size() + ids.size() / 100);
    }
  }

  @Test
  void handsBackWhatAStoppedWorkerRunsAndChargesNothing() throws Exception {
    var worker = legwork.workers().getFirst();
    var ids = runningTasks();
    var held = heldBy(worker, ids);

    worker.stop();

    assertThat(held)
        .allSatisfy(id ->
            assertThat(api.history(id, "attempts"))
                .first()
                .satisfies(attempt -> assertThat(attempt.toString()).contains("Handed back")));
    assertAllSucceed(ids, 2);
  }

  private List<String> runningTasks() {
    var ids = submit(target, TASKS);
    await("all run").atMost(SOON).until(() -> target.requests().size() >= TASKS);
    return ids;
  }

  private List<String> submit(TestServer server, int count) {
    return api.submitAll(
        IntStream.range(0, count)
            .mapToObj(n ->
                aTask("http.request", Map.of("method", "GET", "url", server.url("/" + n)))
                    .put("maxAttempts", 2))
            .toList());
  }

  /** Which of the tasks this worker runs; at least one. */
  private List<String> heldBy(ServiceProcess worker, List<String> ids) {
    var held =
        ids.stream()
            .filter(id -> {
              var process = api.history(id, "attempts").getFirst().path("worker").asString();
              return legwork.count("select pid from process where id = ?::uuid", process)
                  == worker.pid();
            })
            .toList();
    assertThat(held).as("tasks of the worker").isNotEmpty();
    return held;
  }

  private int running(ServiceProcess worker) {
    return (int) worker.metric("legwork_tasks_running");
  }

  private Duration untilRunningElsewhere(List<String> tasks, long startNanos) {
    await("running elsewhere")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> target.requests().size() >= TASKS + tasks.size());
    var took = Duration.ofNanos(System.nanoTime() - startNanos);
    LOG.info("{} tasks ran elsewhere after {} ms", tasks.size(), took.toMillis());
    return took;
  }

  private void assertAllSucceed(List<String> ids, int attempts) {
    release.countDown();
    assertThat(ids)
        .allSatisfy(id -> {
          var task = api.awaitEnd(id);
          assertThat(Api.state(task)).as(task::toString).isEqualTo("SUCCEEDED");
          assertThat(task.path("attempts").asInt()).isLessThanOrEqualTo(attempts);
        });
  }
}
