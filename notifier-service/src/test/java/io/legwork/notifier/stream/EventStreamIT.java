package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.EventLog;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.stream.SseClient.Event;
import io.legwork.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventStreamIT {

  private static final String[] SETTINGS = {
    "legwork.streams.limit=12",
    "legwork.streams.buffer=200",
    "legwork.streams.ping=250ms",
    "server.tomcat.connection-timeout=3s"
  };

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier = new TestNotifier(SETTINGS);
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void sendsEventsAsTheyHappen() throws Exception {
    try (SseClient stream = open("")) {
      assertThat(stream.response().headers().firstValue("content-type"))
          .hasValue("text/event-stream;charset=UTF-8");
      assertThat(stream.response().headers().firstValue("cache-control")).hasValue("no-store");
      assertThat(stream.next().fields()).containsEntry("retry", "1000");
      TaskEvent happened = notifier.succeed(null, null);

      Event event = stream.next();

      assertThat(event.id()).isEqualTo(happened.sequence());
      assertThat(event.name()).isEqualTo("task.succeeded");
      assertThat(event.data().path("id").asString()).isEqualTo(happened.id().toString());
      assertThat(event.data().path("task").asString()).isEqualTo(happened.task().toString());
      assertThat(event.data().path("type").asString()).isEqualTo("task.succeeded");
    }
  }

  @Test
  void findsEventsThatNobodyToldItOf() throws Exception {
    try (SseClient stream = open("")) {
      stream.next();
      TaskEvent happened = unannounced();

      assertThat(stream.next().id()).isEqualTo(happened.sequence());
    }
  }

  @Test
  void replaysExactlyWhatTheReaderMissed() throws Exception {
    TaskEvent first = unannounced();
    TaskEvent second = unannounced();
    TaskEvent third = unannounced();

    try (SseClient byHeader = open("", "Last-Event-ID", Long.toString(first.sequence()));
        SseClient byParameter = open("?lastEventId=" + second.sequence())) {
      byHeader.next();
      byParameter.next();
      assertThat(List.of(byHeader.next().id(), byHeader.next().id()))
          .containsExactly(second.sequence(), third.sequence());
      assertThat(byParameter.next().id()).isEqualTo(third.sequence());
      TaskEvent fourth = unannounced();
      assertThat(byHeader.next().id()).isEqualTo(fourth.sequence());
      assertThat(byParameter.next().id()).isEqualTo(fourth.sequence());
    }
  }

  @Test
  void believesTheHeaderMoreThanTheParameter() throws Exception {
    TaskEvent first = unannounced();
    TaskEvent second = unannounced();

    try (SseClient stream =
        open("?lastEventId=" + (first.sequence() - 1), "Last-Event-ID", "" + first.sequence())) {
      stream.next();

      assertThat(stream.next().id()).isEqualTo(second.sequence());
    }
  }

  @Test
  @Timeout(120)
  void hasNeitherGapNorRepetitionWhileEventsGoOn() throws Exception {
    long before = latest();
    notifier.insertEvents(1_700, 0);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 30; i++) {
                notifier.insertEvents(10, 0);
              }
            });

    List<Long> ids = new ArrayList<>();
    while (ids.size() < 2_000) {
      readOn(ids, before);
    }

    assertThat(ids)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(before + 1, before + 2_000).boxed().toList());
    writer.join();
  }

  /** Reads until it is cut off for being too slow, as it may be, or has everything. */
  private static void readOn(List<Long> ids, long before) throws Exception {
    long latest = ids.isEmpty() ? before : ids.getLast();
    try (SseClient stream = open("", "Last-Event-ID", Long.toString(latest))) {
      stream.next();
      for (Event event = stream.next(); !event.isEnd(); event = stream.next()) {
        ids.add(event.id());
        if (ids.size() == 2_000) {
          return;
        }
      }
    }
  }

  @Test
  void tellsAReaderWhoIsAheadOfTheLedgerAndGoesOnFromTheLatest() throws Exception {
    TaskEvent latest = unannounced();

    try (SseClient stream = open("?lastEventId=999999999999")) {
      stream.next();
      Event reset = stream.next();
      TaskEvent happened = unannounced();

      assertThat(reset.name()).isEqualTo("reset");
      assertThat(reset.id()).isEqualTo(latest.sequence());
      assertThat(reset.data().path("asked").asLong()).isEqualTo(999_999_999_999L);
      assertThat(stream.next().id()).isEqualTo(happened.sequence());
    }
  }

  @Test
  void tellsAReaderWhosePlaceIsGoneAndGoesOnWithWhatIsKept() throws Exception {
    TaskEvent seen = unannounced();
    TaskEvent gone = unannounced();
    TaskEvent kept = unannounced();
    notifier.execute("delete from event where sequence <= " + gone.sequence());
    notifier.execute("delete from finished_task where event_sequence <= " + gone.sequence());
    notifier.execute("update event_retention set dropped_through = " + gone.sequence());

    try (SseClient stream = open("", "Last-Event-ID", Long.toString(seen.sequence()));
        SseClient everything = open("?lastEventId=0");
        SseClient whole = open("?lastEventId=" + gone.sequence())) {
      stream.next();
      everything.next();
      whole.next();
      Event reset = stream.next();

      assertThat(reset.name()).isEqualTo("reset");
      assertThat(reset.id()).isEqualTo(kept.sequence() - 1);
      assertThat(stream.next().id()).isEqualTo(kept.sequence());
      assertThat(everything.next().id()).isEqualTo(kept.sequence());
      assertThat(whole.next().id()).as("nothing is missing").isEqualTo(kept.sequence());
    }
  }

  @Test
  void showsOnlyWhatWasAskedFor() throws Exception {
    try (SseClient ofType = open("?types=csv.profile,image.thumbnail");
        SseClient ofState = open("?states=FAILED&states=RETRYING")) {
      ofType.next();
      ofState.next();
      TaskEvent other = unannounced();
      TaskEvent typed = succeeded(notifier.accept("csv.profile", null));
      TaskEvent failed =
          notifier.record(new AttemptOutcome.Failed(notifier.accept(null), 1, "broken", true));

      assertThat(ofType.next().id()).isEqualTo(typed.sequence());
      Event event = ofState.next();
      assertThat(event.id()).isEqualTo(failed.sequence());
      assertThat(event.data().path("error").asString()).isEqualTo("broken");
      assertThat(other.sequence()).isLessThan(typed.sequence());
    }
  }

  @Test
  void followsATaskToItsEnd() throws Exception {
    TaskId task = notifier.accept(null);
    TaskEvent retrying =
        notifier.record(new AttemptOutcome.Retried(task, 1, "once", Duration.ZERO));

    try (SseClient stream = open("?task=" + task)) {
      stream.next();
      assertThat(stream.next().id()).isEqualTo(retrying.sequence());
      unannounced();
      notifier.execute("update task set state = 1 where id = '" + task + "'");
      TaskEvent done = notifier.record(new AttemptOutcome.Succeeded(task, 2, null));
      assertThat(stream.next().id()).isEqualTo(done.sequence());
      assertThat(stream.next().isEnd()).isTrue();
    }
  }

  @Test
  void tellsTheHistoryOfATaskThatIsOverAndThenThatThereIsNoMore() throws Exception {
    TaskEvent done = unannounced();

    try (SseClient stream = open("?task=" + done.task());
        SseClient again =
            open("?task=" + done.task(), "Last-Event-ID", Long.toString(done.sequence()))) {
      stream.next();
      assertThat(stream.next().id()).isEqualTo(done.sequence());
      assertThat(stream.next().isEnd()).isTrue();
      assertThat(again.response().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void tellsTheLifeOfATaskWithItsProgress() throws Exception {
    TaskId task = notifier.accept(null);
    notifier.claim(task);
    notifier.progress(task, 1, 10, "reading");

    try (SseClient stream = openTask(task)) {
      stream.next();
      Event first = stream.next();
      notifier.progress(task, 1, 60, "writing");
      Event second = stream.next();
      TaskEvent done = succeeded(task);
      Event last = stream.next();

      assertThat(first.name()).isEqualTo("task.progress");
      assertThat(first.fields()).doesNotContainKey("id");
      assertThat(first.data().path("percent").asInt()).isEqualTo(10);
      assertThat(second.data().path("percent").asInt()).isEqualTo(60);
      assertThat(second.data().path("message").asString()).isEqualTo("writing");
      assertThat(second.data().path("task").asString()).isEqualTo(task.toString());
      assertThat(last.id()).isEqualTo(done.sequence());
      assertThat(stream.next().isEnd()).isTrue();
      try (SseClient again = openTask(task, "Last-Event-ID", Long.toString(done.sequence()))) {
        assertThat(again.response().statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void knowsNoLifeOfUnknownTasks() throws Exception {
    try (SseClient unknown = openTask(new TaskId(UUID.randomUUID()));
        SseClient odd =
            SseClient.open(notifier.uri("local.server.port", "/v1/tasks/no-id/events"))) {
      assertThat(unknown.response().statusCode()).isEqualTo(404);
      assertThat(problem(odd).path("code").asString()).isEqualTo("task-not-found");
    }
  }

  private static SseClient openTask(TaskId task, String... headers)
      throws IOException, InterruptedException {
    return SseClient.open(
        notifier.uri("local.server.port", "/v1/tasks/" + task + "/events"), headers);
  }

  @Test
  void doesNotKnowUnknownTasks() throws Exception {
    try (SseClient stream = open("?task=" + UUID.randomUUID())) {
      assertThat(stream.response().statusCode()).isEqualTo(404);
      assertThat(problem(stream).path("code").asString()).isEqualTo("task-not-found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?task=1",
        "?task=a&task=b",
        "?states=RUNNING",
        "?states=",
        "?types=a,,b",
        "?lastEventId=-1",
        "?lastEventId=99999999999999999999",
        "?tenant=other"
      })
  void refusesParametersThatAreWrong(String query) throws Exception {
    try (SseClient stream = open(query)) {
      assertThat(stream.response().statusCode()).isEqualTo(400);
      assertThat(stream.response().headers().firstValue("content-type"))
          .hasValue("application/problem+json");
      assertThat(problem(stream).path("code").asString()).isEqualTo("invalid-parameter");
    }
  }

  private static SseClient open(String query, String... headers)
      throws IOException, InterruptedException {
    return SseClient.open(notifier.uri("local.server.port", "/v1/events" + query), headers);
  }

  private static JsonNode problem(SseClient stream) throws IOException {
    return JsonMapper.shared().readTree(stream.text());
  }

  private static TaskEvent unannounced() {
    return succeeded(notifier.accept(null));
  }

  private static TaskEvent succeeded(TaskId task) {
    return notifier.record(new AttemptOutcome.Succeeded(task, 1, null));
  }

  private static long latest() {
    return new EventLog(notifier.dataSource()).latest();
  }
}
