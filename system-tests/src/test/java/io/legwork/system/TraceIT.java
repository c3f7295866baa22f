package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.Collector.Told;
import io.legwork.system.TestServer.Reply;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a collector of traces is told of a task, and what is passed on without one. */
class TraceIT {

  private static final String HIDDEN = "canary-that-no-span-may-sing";
  private static final String CALLER = "b7ad6b7169203331";

  private final Legwork legwork = Legwork.shared();
  private final String trace = trace();

  @Test
  void tellsTheWholeWayOfATaskInItsCallersTrace() {
    try (var target = TestServer.start((n, request) -> Reply.status(n == 1 ? 500 : 200));
        var inbox = TestServer.answering(204)) {
      String task = submit(aTaskFor(target, inbox), traceparent("01"));
      legwork.api().awaitEnd(task);

      List<Told> spans =
          await("spans")
              .atMost(Duration.ofMinutes(1))
              .until(() -> legwork.collector().spansOf(trace), told -> told.size() >= 5);

      assertThat(spans).hasSize(5).allMatch(Told::orderly);
      Told request = named(spans, "POST /v1/tasks");
      assertThat(request.parent()).isEqualTo(CALLER);
      assertThat(request.kind()).isEqualTo("SERVER");
      assertThat(request.service()).isEqualTo("producer-service");
      assertThat(request.attributes())
          .containsEntry("http.route", "/v1/tasks")
          .containsEntry("http.response.status_code", "202");
      Told creation = named(spans, "create http.request");
      assertThat(creation.parent()).isEqualTo(request.id());
      assertThat(creation.kind()).isEqualTo("PRODUCER");
      expectMessage(creation, "create", task + ".0");
      expectAttempts(spans, creation, target, task);
      expectDelivery(spans, creation, inbox, task);
      assertThat(spans).noneMatch(span -> span.whole().contains(HIDDEN));
    }
  }

  private static void expectAttempts(
      List<Told> spans, Told creation, TestServer target, String task) {
    List<Told> attempts =
        spans.stream()
            .filter(span -> span.name().equals("process http.request"))
            .sorted(Comparator.comparing(span -> span.attribute("legwork.attempt")))
            .toList();
    assertThat(attempts)
        .hasSize(2)
        .allSatisfy(span -> {
          assertThat(span.service()).isEqualTo("worker-service");
          assertThat(span.kind()).isEqualTo("CONSUMER");
          assertThat(span.parent()).isEqualTo(creation.id());
        });
    Told first = attempts.getFirst();
    Told second = attempts.getLast();
    assertThat(first.links()).containsExactly(creation.id());
    assertThat(first.failed()).isTrue();
    assertThat(first.attribute("error.type")).isEqualTo("attempt");
    expectMessage(first, "process", task + ".0");
    assertThat(second.links()).containsExactly(creation.id(), first.id());
    assertThat(second.failed()).isFalse();
    assertThat(second.attribute("legwork.outcome")).isEqualTo("succeeded");
    assertThat(second.attribute("legwork.attempt")).isEqualTo("2");
    expectMessage(second, "process", task + ".1");
    assertThat(target.requests())
        .extracting(TraceIT::parentOf)
        .containsExactly(first.id(), second.id());
  }

  private static void expectDelivery(
      List<Told> spans, Told creation, TestServer inbox, String task) {
    Told delivery = named(spans, "deliver webhook");
    assertThat(delivery.service()).isEqualTo("notifier-service");
    assertThat(delivery.kind()).isEqualTo("CLIENT");
    assertThat(delivery.parent()).isEqualTo(creation.id());
    assertThat(delivery.links()).containsExactly(creation.id());
    assertThat(delivery.failed()).isFalse();
    assertThat(delivery.attributes())
        .containsEntry("legwork.task.id", task)
        .containsEntry("legwork.event.type", "task.succeeded")
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.response.status_code", "204")
        .containsEntry("server.address", "127.0.0.1");
    assertThat(inbox.requests()).extracting(TraceIT::parentOf).containsExactly(delivery.id());
  }

  private static void expectMessage(Told span, String operation, String id) {
    assertThat(span.attributes())
        .containsEntry("messaging.system", "rabbitmq")
        .containsEntry("messaging.operation.name", operation)
        .containsEntry("messaging.operation.type", operation)
        .containsEntry("messaging.destination.name", "legwork.tasks:legwork.tasks.default.normal")
        .containsEntry("messaging.message.id", id);
  }

  @Test
  void tellsNothingOfATraceThatIsNotRecordedAndPassesItOn() {
    try (var target = TestServer.answering(200);
        var inbox = TestServer.answering(204)) {
      String traceparent = traceparent("00");
      String untraced = submit(aTaskFor(target, inbox), traceparent);
      legwork.api().awaitEnd(untraced);
      await("webhook").atMost(Duration.ofMinutes(1)).until(() -> !inbox.requests().isEmpty());

      assertThat(target.requests().getFirst().headers())
          .containsEntry("traceparent", List.of(traceparent));
      assertThat(inbox.requests().getFirst().headers())
          .containsEntry("traceparent", List.of(traceparent));
      // What is told later shows that there was time to tell this.
      String later = trace();
      String traced = submit(aTaskFor(target, inbox), "00-%s-%s-01".formatted(later, CALLER));
      legwork.api().awaitEnd(traced);
      await("spans")
          .atMost(Duration.ofMinutes(1))
          .until(() -> legwork.collector().spansOf(later).size() >= 4);
      assertThat(legwork.collector().spansOf(trace)).isEmpty();
    }
  }

  @Test
  void givesEveryTaskOfABatchASpanOfItsOwn() {
    try (var target = TestServer.answering(200);
        var inbox = TestServer.answering(204)) {
      var batch = Api.aBatch(List.of(aTaskFor(target, inbox), aTaskFor(target, inbox)));
      legwork.api().post("/v1/tasks/batch", batch, "traceparent", traceparent("01")).expect(200);

      List<Told> spans =
          await("spans")
              .atMost(Duration.ofMinutes(1))
              .until(() -> legwork.collector().spansOf(trace), told -> told.size() >= 7);

      List<Told> created =
          spans.stream().filter(span -> span.name().equals("create http.request")).toList();
      assertThat(created).hasSize(2);
      for (Told creation : created) {
        assertThat(creation.parent()).isEqualTo(named(spans, "POST /v1/tasks/batch").id());
        assertThat(spans).filteredOn(span -> span.parent().equals(creation.id())).hasSize(2);
      }
    }
  }

  private String submit(ObjectNode task, String traceparent) {
    return legwork.api().post("/v1/tasks", task, "traceparent", traceparent).expect(202).text("id");
  }

  private String traceparent(String flags) {
    return "00-%s-%s-%s".formatted(trace, CALLER, flags);
  }

  private static ObjectNode aTaskFor(TestServer target, TestServer inbox) {
    var payload =
        Map.of(
            "method", "POST", "url", target.url("/" + HIDDEN + "?key=" + HIDDEN), "body", HIDDEN);
    var task = aTask("http.request", payload);
    task.putObject("retry").put("initial", "100ms").put("max", "200ms");
    task.putObject("callback").put("url", inbox.url("/" + HIDDEN + "?key=" + HIDDEN));
    task.putObject("metadata").put("note", HIDDEN);
    return task;
  }

  private static Told named(List<Told> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** The span that a request says it is part of. */
  private static String parentOf(TestServer.Request request) {
    return request
        .headers()
        .getOrDefault("traceparent", List.of("---"))
        .getFirst()
        .split("-", 4)[2];
  }

  private static String trace() {
    byte[] id = new byte[16];
    new Random().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
