package io.legwork.producer.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.task.TaskId;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingRoomTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Set<TaskId> finished = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> askedFor = ConcurrentHashMap.newKeySet();
  private final CountDownLatch asked = new CountDownLatch(3);
  private final WaitingRoom room = new WaitingRoom(this::among, 50);

  private Set<TaskId> among(Collection<TaskId> tasks) {
    askedFor.addAll(tasks);
    asked.countDown();
    return tasks.stream().filter(finished::contains).collect(Collectors.toSet());
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
    var first = CompletableFuture.supplyAsync(() -> room.awaitEnd(task, LONG));
    var second = CompletableFuture.supplyAsync(() -> room.awaitEnd(task, LONG));
    asked.await();

    finished.add(task);

    assertThat(first.join()).isTrue();
    assertThat(second.join()).isTrue();
    assertThat(room.size()).isZero();
  }

  @Test
  void wakesOnlyThoseWhoseTaskIsOver() {
    TaskId over = aTask();
    TaskId open = aTask();
    finished.add(over);

    var patient = CompletableFuture.supplyAsync(() -> room.awaitEnd(open, Duration.ofMillis(200)));

    assertThat(room.awaitEnd(over, LONG)).isTrue();
    assertThat(patient.join()).isFalse();
  }

  @Test
  void asksAgainAfterEverybodyHasLeft() {
    assertThat(room.awaitEnd(aTask(), Duration.ofMillis(20))).isFalse();
    TaskId task = aTask();
    finished.add(task);

    assertThat(room.awaitEnd(task, LONG)).isTrue();
  }

  @Test
  void turnsAwayWhoeverFindsItFull() {
    WaitingRoom none = new WaitingRoom(this::among, 0);
    none.start();

    assertThat(none.awaitEnd(aTask(), LONG)).isFalse();
    assertThat(askedFor).isEmpty();
    none.stop();
  }

  @Test
  void sendsEverybodyAwayWhenItCloses() throws InterruptedException {
    var waiting = CompletableFuture.supplyAsync(() -> room.awaitEnd(aTask(), LONG));
    asked.await();

    room.stop();

    assertThat(waiting.join()).isFalse();
    assertThat(room.awaitEnd(aTask(), LONG)).isFalse();
  }

  @Test
  void servesManyAtTheSameTime() {
    var waiting =
        IntStream.range(0, 40)
            .mapToObj(i -> {
              TaskId task = aTask();
              var over = new CompletableFuture<Boolean>();
              Thread.ofVirtual().start(() -> over.complete(room.awaitEnd(task, LONG)));
              finished.add(task);
              return over;
            })
            .toList();

    assertThat(waiting).allMatch(CompletableFuture::join);
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

  private static TaskId aTask() {
    return new TaskId(UUID.randomUUID());
  }
}
