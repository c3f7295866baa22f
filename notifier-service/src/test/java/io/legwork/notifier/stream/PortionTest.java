package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.Caller;
import io.legwork.access.Scope;
import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortionTest {

  private static final TaskId TASK = new TaskId(new UUID(1, 1));
  private static final EventFilter ALL = filter("default", Set.of(), null);

  @Test
  void isTheSameBytesForAllWhoHaveSeenNothingOfIt() {
    Portion portion = Portion.of(frames(5, 6, 7), ALL);

    assertThat(portion.after(4)).isSameAs(portion.after(1));
    assertThat(ids(portion, 4)).containsExactly("id: 5", "id: 6", "id: 7");
    assertThat(portion.last()).isEqualTo(7);
  }

  @Test
  void leavesOutWhatTheReaderHas() {
    Portion portion = Portion.of(frames(5, 6, 7), ALL);

    assertThat(ids(portion, 5)).containsExactly("id: 6", "id: 7");
    assertThat(ids(portion, 7)).isEmpty();
  }

  @Test
  void leavesOutWhatTheViewHides() {
    Portion failures = Portion.of(frames(5, 6), filter("default", Set.of(EventKind.FAILED), null));
    Portion others = Portion.of(frames(5, 6), filter("other", Set.of(), null));

    assertThat(failures.size()).isZero();
    assertThat(others.size()).isZero();
    assertThat(others.last()).as("it is told as far as there is anything to tell").isEqualTo(6);
  }

  @Test
  void endsWithTheTaskThoughItsEndIsNotShown() {
    Portion portion = Portion.of(frames(5), filter("default", Set.of(EventKind.RETRYING), TASK));

    assertThat(portion.isOver()).isTrue();
    assertThat(portion.size()).isEqualTo(1);
    assertThat(portion.after(0)).isEmpty();
    assertThat(Portion.of(frames(5), ALL).isOver()).isFalse();
  }

  @Test
  void isSharedByReadersWithTheSameView() {
    assertThat(ALL.view()).isEqualTo(filter("default", Set.of(), null).view());
    assertThat(ALL.view()).isNotEqualTo(filter("other", Set.of(), null).view());
    assertThat(ALL.view()).isNotEqualTo(filter("default", Set.of(), TASK).view());
  }

  private static List<String> ids(Portion portion, long seen) {
    return new String(portion.after(seen), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("id: "))
        .toList();
  }

  private static EventFilter filter(String tenant, Set<EventKind> kinds, @Nullable TaskId task) {
    Caller caller = Caller.withKey(UUID.randomUUID(), "somebody", tenant, Set.of(), Scope.ALL);
    return new EventFilter(caller, Set.of(), kinds, task);
  }

  private static List<Frame> frames(long... sequences) {
    return LongStream.of(sequences).mapToObj(PortionTest::succeeded).map(Frame::of).toList();
  }

  private static TaskEvent succeeded(long sequence) {
    return new TaskEvent(
        sequence,
        new UUID(2, sequence),
        EventKind.SUCCEEDED,
        "default",
        TASK,
        "report.render",
        "default",
        1,
        1,
        Instant.EPOCH,
        false,
        null);
  }
}
