package io.legwork.producer.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.TaskView;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingRoomTest {

  private static final String TENANT = "acme";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Set<TaskId> finished = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> askedFor = ConcurrentHashMap.newKeySet();
  private final CountDownLatch asked = new CountDownLatch(3);
  private final WaitingRoom room = new WaitingRoom(this::among, 50);

  private List<TaskView> among(String tenant, Collection<TaskId> tasks) {
    askedFor.addAll(tasks);
    asked.countDown();
    return tasks.stream().filter(finished::contains).map(task -> over(tenant, task)).toList();
  }

  @BeforeEach
  void open() {
    room.start();
  }

  @AfterEach
  void close() {
    room.stop();
  }

  @Test
  void wakesWhoeverWaitsForATaskThatIsOver() throws InterruptedException {
    TaskId task = aTask();
    var first = CompletableFuture.supplyAsync(() -> awaitEnd(task, LONG));
    var second = CompletableFuture.supplyAsync(() -> awaitEnd(task, LONG));
    asked.await();

    finished.add(task);

    assertThat(first.join()).hasValue(over(TENANT, task));
    assertThat(second.join()).hasValue(over(TENANT, task));
    assertThat(room.size()).isZero();
  }

  @Test
  void wakesOnlyThoseWhoseTaskIsOver() {
    TaskId over = aTask();
    TaskId open = aTask();
    finished.add(over);

    var patient = CompletableFuture.supplyAsync(() -> awaitEnd(open, Duration.ofMillis(200)));

    assertThat(awaitEnd(over, LONG)).isPresent();
    assertThat(patient.join()).isEmpty();
  }

  @Test
  void asksForEachTenantsTasksInItsName() {
    TaskId task = aTask();
    finished.add(task);

    assertThat(room.awaitEnd("one", task, LONG)).hasValue(over("one", task));
    assertThat(room.awaitEnd("other", task, LONG)).hasValue(over("other", task));
  }

  @Test
  void asksAgainAfterEverybodyHasLeft() {
    assertThat(awaitEnd(aTask(), Duration.ofMillis(20))).isEmpty();
    TaskId task = aTask();
    finished.add(task);

    assertThat(awaitEnd(task, LONG)).isPresent();
  }

  @Test
  void turnsAwayWhoeverFindsItFull() {
    WaitingRoom none = new WaitingRoom(this::among, 0);
    none.start();

    assertThat(none.awaitEnd(TENANT, aTask(), LONG)).isEmpty();
    assertThat(askedFor).isEmpty();
    none.stop();
  }

  @Test
  void sendsEverybodyAwayWhenItCloses() throws InterruptedException {
    var waiting = CompletableFuture.supplyAsync(() -> awaitEnd(aTask(), LONG));
    asked.await();

    room.stop();

    assertThat(waiting.join()).isEmpty();
    assertThat(awaitEnd(aTask(), LONG)).isEmpty();
  }

  @Test
  void servesManyAtTheSameTime() {
    var waiting =
        IntStream.range(0, 40)
            .mapToObj(i -> {
              TaskId task = aTask();
              var over = new CompletableFuture<Optional<TaskView>>();
              Thread.ofVirtual().start(() -> over.complete(awaitEnd(task, LONG)));
              finished.add(task);
              return over;
            })
            .toList();

    assertThat(waiting).allMatch(over -> over.join().isPresent());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "8, 1", "80, 10", "200, 25", "400, 50", "30000, 50"})
  void looksMoreSeldomTheLongerNobodyHasCome(int sinceLatestArrival, int pause) {
    assertThat(WaitingRoom.pause(Duration.ofMillis(sinceLatestArrival), Duration.ZERO))
        .isEqualTo(Duration.ofMillis(pause));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 3", "0, 20, 60", "400, 10, 50", "400, 20, 60"})
  void looksForAQuarterOfTheTimeAtMost(int sinceLatestArrival, int look, int pause) {
    assertThat(WaitingRoom.pause(Duration.ofMillis(sinceLatestArrival), Duration.ofMillis(look)))
        .isEqualTo(Duration.ofMillis(pause));
  }

  private Optional<TaskView> awaitEnd(TaskId task, Duration atMost) {
    return room.awaitEnd(TENANT, task, atMost);
  }

  private static TaskView over(String tenant, TaskId task) {
    return new TaskView(
        task,
        tenant,
        "echo",
        "default",
        Priority.NORMAL,
        TaskState.SUCCEEDED,
        1,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  private static TaskId aTask() {
    return new TaskId(UUID.randomUUID());
  }
}
