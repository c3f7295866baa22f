package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The metrics of the running system, and the page that tells of them. */
class MetricsIT {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final String HEAD =
      "| metric | type | labels | from | what it is |\n|---|---|---|---|---|\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Those whose values are bounded: by the code, or by what operators configure and deploy. */
  private static final Set<String> BOUNDED =
      Set.of("as", "batch", "channel", "outcome", "queue", "state", "type");

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @Test
  void areAllOnTheirPageAndTheOtherWayRound() throws IOException {
    useEverything();
    ServedMetrics served = new ServedMetrics();
    served.add("producer", legwork.producer().metrics());
    served.add("notifier", legwork.notifier().metrics());
    legwork.workers().forEach(worker -> served.add("worker", worker.metrics()));

    assertThat(served.silent()).as("metrics that say nothing of themselves").isEmpty();
    assertThat(BOUNDED).as("labels").containsAll(served.labels());
    if (Boolean.getBoolean("legwork.docs.write")) {
      Files.writeString(PAGE, upToTable(Files.readString(PAGE)) + served.table());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/metrics.md; -Dlegwork.docs.write=true writes its table")
        .isEqualTo(upToTable(Files.readString(PAGE)) + served.table());
  }

  @Test
  void accountForEveryTask() {
    String lost = api.submit(aTask("echo", 1));
    api.awaitEnd(lost);
    awaitComparison();
    assertThat(legwork.producer().metric("legwork_tasks_unaccounted")).isZero();
    assertThat(legwork.producer().metric("legwork_tasks_accounted")).isPositive();

    legwork.execute("create table taken as select * from finished_task where id = '" + lost + "'");
    legwork.execute("delete from finished_task where id = '" + lost + "'");
    awaitUnaccounted(1);
    assertThat(legwork.producer().log()).contains("tasks.unaccounted").contains(lost);

    legwork.execute("insert into finished_task select * from taken");
    legwork.execute("drop table taken");
    awaitUnaccounted(0);
  }

  /** Waits for a comparison that has begun after this was called. */
  private void awaitComparison() {
    long start = System.nanoTime();
    await("a comparison")
        .atMost(PATIENCE)
        .until(() ->
            legwork.producer().metric("legwork_accounting_age_seconds")
                < (System.nanoTime() - start) / 1e9);
  }

  private void awaitUnaccounted(double tasks) {
    await(tasks + " unaccounted")
        .atMost(PATIENCE)
        .until(() -> legwork.producer().metric("legwork_tasks_unaccounted") == tasks);
  }

  /** Some metrics are there from their first use on. */
  private void useEverything() {
    try (var inbox = WebhookInbox.open()) {
      var task = aTask("echo", 1);
      String id = api.submit(task.set("callback", inbox.callback()));
      api.awaitEnd(id);
      await("webhook").atMost(PATIENCE).until(() -> !inbox.messages(id).isEmpty());
      await("its count")
          .atMost(PATIENCE)
          .until(() -> legwork.notifier().metrics().contains("legwork_deliveries_total{"));
      await("a worker that has run it")
          .atMost(PATIENCE)
          .until(() ->
              legwork.workers().stream()
                  .anyMatch(
                      worker -> worker.metrics().contains("legwork_task_run_seconds_bucket")));
    }
  }

  private static String upToTable(String page) {
    return page.substring(0, page.indexOf(HEAD) + HEAD.length());
  }
}
