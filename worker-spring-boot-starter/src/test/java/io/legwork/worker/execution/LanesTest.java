package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.worker.handlers.HandlerRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {

  /** Settles nothing. */
  private static final Acknowledger NOBODY =
      new Acknowledger(
          (Channel)
              Proxy.newProxyInstance(
                  Channel.class.getClassLoader(),
                  new Class<?>[] {Channel.class},
                  (_, _, _) -> null),
          "test");

  private final List<TaskDelivery> started = new ArrayList<>();

  @Handles(value = "two", concurrency = 2)
  static final class Two extends Idle {}

  @Handles(value = "three", concurrency = 3)
  static final class Three extends Idle {}

  @Handles(value = "heavy", cpuBound = true)
  static final class Heavy extends Idle {}

  @Handles("usual")
  static final class Usual extends Idle {}

  abstract static class Idle implements Handler<Integer> {

    @Override
    public Outcome handle(Integer number, TaskContext task) {
      return Outcome.succeed();
    }
  }

  @Test
  void beginsNoMoreOfATypeThanItsPermits() {
    Lanes lanes = lanes(100);

    for (int i = 0; i < 5; i++) {
      lanes.enter(aDelivery("two"));
    }

    assertThat(started).hasSize(2);
    lanes.leave(started.getFirst());
    assertThat(started).hasSize(3);
  }

  @Test
  void beginsNoMoreOfAllTypesThanTheWorkersPermits() {
    Lanes lanes = lanes(3);

    for (int i = 0; i < 3; i++) {
      lanes.enter(aDelivery("two"));
      lanes.enter(aDelivery("three"));
    }

    assertThat(started).hasSize(3);
    lanes.leave(started.getFirst());
    assertThat(started).hasSize(4);
  }

  @Test
  void letsTypesTakeTurnsWhereTheyWaitForTheWorker() {
    Lanes lanes = lanes(1);
    for (int i = 0; i < 4; i++) {
      lanes.enter(aDelivery("three"));
    }
    for (int i = 0; i < 4; i++) {
      lanes.enter(aDelivery("two"));
    }

    for (int i = 0; i < 5; i++) {
      lanes.leave(started.getLast());
    }

    assertThat(started.subList(1, 5).stream().map(delivery -> delivery.message().type()))
        .containsExactlyInAnyOrder("two", "two", "three", "three");
  }

  @Test
  void runsAsManyCpuBoundTasksAsThereAreCoresUnlessTheHandlerSays() {
    Lanes lanes = lanes(10_000);

    assertThat(lanes.permitsOf(List.of("heavy")))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(lanes.permitsOf(List.of("usual"))).isEqualTo(64);
    assertThat(lanes.permitsOf(List.of("two", "three", "unknown"))).isEqualTo(5);
    assertThat(lanes(4).permitsOf(List.of("two", "three"))).isEqualTo(4);
  }

  @Test
  void derivesThePrefetchFromWhatComes() {
    Lanes lanes = lanes(10_000);
    Prefetch prefetch = new Prefetch(lanes, 0);

    assertThat(prefetch.adapt()).as("nothing is known yet").isFalse();
    prefetch.seen(group("two", 1));
    assertThat(prefetch.adapt()).isTrue();
    assertThat(prefetch.size()).as("two run, two are at hand").isEqualTo(4);
    prefetch.seen(group("usual", 1));
    assertThat(prefetch.adapt()).isTrue();
    assertThat(prefetch.size()).isEqualTo(2 * 66);
    assertThat(prefetch.adapt()).isFalse();
  }

  @Test
  void leavesAPrefetchThatSomebodyHasDecidedOn() {
    Prefetch prefetch = new Prefetch(lanes(10_000), 7);

    prefetch.seen(group("usual", 1));

    assertThat(prefetch.adapt()).isFalse();
    assertThat(prefetch.size()).isEqualTo(7);
  }

  @Test
  void fetchesFewMessagesAheadThatBringManyTasks() {
    Prefetch prefetch = new Prefetch(lanes(1000), 0);
    for (int i = 0; i < 200; i++) {
      prefetch.seen(group("usual", 25));
    }

    assertThat(prefetch.adapt()).isTrue();
    assertThat(prefetch.size()).isEqualTo(8);
  }

  private Lanes lanes(int tasks) {
    WorkerProperties properties =
        new WorkerProperties(64, tasks, 0, 1, 1, Duration.ZERO, Duration.ZERO);
    return new Lanes(
        HandlerRegistry.of(new Two(), new Three(), new Heavy(), new Usual()),
        properties,
        started::add);
  }

  private static TaskDelivery aDelivery(String type) {
    return TaskDelivery.of(group(type, 1), Priority.NORMAL, 1, NOBODY).getFirst();
  }

  private static TaskGroup group(String type, int tasks) {
    return new TaskGroup(
        Stream.generate(() ->
                new TaskMessage(
                    new TaskId(UUID.randomUUID()), NewTask.DEFAULT_TENANT, type, 0, null))
            .limit(tasks)
            .toList());
  }
}
