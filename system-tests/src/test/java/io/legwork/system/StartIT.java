package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the services start while what they need is missing or not as it has to be. */
@Tag("slow")
@Timeout(600)
class StartIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void waitsForDatabaseAndBrokerAndNeedsNoRestart() throws InterruptedException {
    try (var legwork = Legwork.separate("late", Map.of())) {
      legwork.database().stop();
      legwork.broker().stop();
      var services = legwork.services();
      services.forEach(ServiceProcess::start);
      var pids = services.stream().map(ServiceProcess::pid).toList();
      awaitAll(services, "lives", ServiceProcess::isLive);
      awaitReadiness(services, "503 ", "\"ledger\":{", "\"broker\":{", "waitsFor", "refused");

      legwork.database().start();
      awaitReadiness(
          services, "503 ", "\"ledger\":{\"status\":\"UP\"}", "\"broker\":{", "waitsFor");

      legwork.broker().start();
      awaitReadiness(services, "200 ");
      var task = legwork.api().awaitEnd(legwork.api().submit(aTask("echo", "patience")));

      assertThat(Api.state(task)).isEqualTo("SUCCEEDED");
      assertThat(services).extracting(ServiceProcess::pid).isEqualTo(pids);
      for (var service : services) {
        assertThat(service.stop()).as(service::log).isZero();
      }
    }
  }

  @Test
  void waitsForItsUserAndItsVirtualHostWithoutTellingThePassword() throws InterruptedException {
    var late =
        Map.of(
            "SPRING_DATASOURCE_USERNAME", "late",
            "SPRING_DATASOURCE_PASSWORD", "canary-of-the-database",
            "SPRING_RABBITMQ_VIRTUAL_HOST", "late");
    try (var legwork = Legwork.separate("refused", late)) {
      var producer = legwork.producer();
      producer.start();
      awaitReadiness(
          List.of(producer), "503 ", "password authentication failed", "vhost late not found");

      legwork.execute("create role late login password 'canary-of-the-database'");
      legwork.execute("grant all on schema public to late");
      awaitReadiness(List.of(producer), "503 ", "\"ledger\":{\"status\":\"UP\"}");
      legwork.broker().addVirtualHosts(List.of("late"));
      awaitReadiness(List.of(producer), "200 ");

      assertThat(producer.log())
          .contains("password authentication failed", "vhost late not found")
          .doesNotContain("canary-of-the-database", legwork.broker().access().password());
    }
  }

  @Test
  void stopsWithinItsWaitAsCleanlyAsLater() throws InterruptedException {
    try (var legwork = Legwork.separate("waiting", Map.of())) {
      legwork.database().stop();
      var notifier = legwork.notifier();
      notifier.start();
      awaitReadiness(List.of(notifier), "503 ", "refused");

      assertThat(notifier.stop()).as(notifier::log).isZero();

      assertThat(notifier.log()).doesNotContain("Application run failed", "Exception in thread");
    }
  }

  @Test
  void refusesADatabaseThatMayForgetAndABrokerWithAnotherQueue() {
    try (var legwork = Legwork.separate("unsafe", Map.of())) {
      legwork.declareClassicQueue("legwork.parked");
      legwork.services().forEach(ServiceProcess::start);
      for (var service : legwork.services()) {
        assertThat(service.awaitExit()).isEqualTo(1);
        assertThat(service.log())
            .contains("legwork.parked of another kind", "rabbitmqctl delete_queue");
      }

      legwork.execute("alter database legwork set synchronous_commit = off");
      legwork.services().forEach(ServiceProcess::start);
      for (var service : legwork.services()) {
        assertThat(service.awaitExit()).isEqualTo(1);
        assertThat(service.log())
            .contains(
                "APPLICATION FAILED TO START",
                "synchronous_commit = off (set by: database)",
                "ALTER DATABASE <database> RESET synchronous_commit;");
      }
    }
  }

  private static void awaitReadiness(List<ServiceProcess> services, String... parts) {
    awaitAll(
        services,
        "has a readiness of " + List.of(parts),
        service -> {
          var health = service.health("/readiness");
          return health.startsWith(parts[0]) && List.of(parts).stream().allMatch(health::contains);
        });
  }

  private static void awaitAll(
      List<ServiceProcess> services, String what, Predicate<ServiceProcess> condition) {
    for (var service : services) {
      await(service + " " + what)
          .atMost(PATIENCE)
          .until(() -> {
            assertThat(service.isAlive()).as(service::log).isTrue();
            return condition.test(service);
          });
    }
  }
}
