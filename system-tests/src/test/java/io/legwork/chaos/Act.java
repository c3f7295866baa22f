package io.legwork.chaos;

import io.legwork.chaos.load.Mix.Work;
import io.legwork.chaos.stack.Link;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Await;
import java.time.Duration;
import java.util.List;

/**
 * A little load and one fault, which shows what a certain mutant does.
 *
 * @param workers how many it needs
 * @param rate tasks per second
 * @param load how long the load lasts before the fault strikes
 */
record Act(
    String name, int workers, Work work, double rate, Duration load, Disturbance disturbance) {

  private static final List<String> TASK_QUEUES =
      List.of(
          "legwork.tasks.default.high",
          "legwork.tasks.default.normal",
          "legwork.tasks.default.low");

  /** What goes wrong; the load goes on meanwhile. */
  interface Disturbance {
    void strike(Stack stack) throws Exception;
  }

  /** Nothing goes wrong. */
  static Act undisturbed() {
    return new Act("undisturbed", 1, Work.QUICK, 60, Duration.ofSeconds(3), stack -> {});
  }

  /** A worker dies that has more messages than it may run tasks. */
  static Act workerDies() {
    return new Act(
        "worker-dies",
        2,
        Work.SLOW,
        40,
        Duration.ofMillis(2_500),
        stack -> stack.workers().getFirst().kill());
  }

  /** What the producer publishes is held up, and then gone with the connection. */
  static Act connectionLost() {
    return new Act(
        "connection-lost",
        1,
        Work.QUICK,
        60,
        Duration.ofSeconds(1),
        stack -> {
          var link = stack.toBroker(stack.producer());
          link.stall();
          Await.pause(Duration.ofSeconds(2));
          link.cut();
          link.pass();
        });
  }

  /** The queues are no longer bound to the exchange. */
  static Act bindingsLost() {
    return new Act(
        "bindings-lost",
        1,
        Work.QUICK,
        60,
        Duration.ofSeconds(1),
        stack -> {
          stack
              .servers()
              .onChannel(channel -> {
                for (String queue : TASK_QUEUES) {
                  channel.queueUnbind(queue, "legwork.tasks", queue);
                }
              });
          Await.pause(Duration.ofSeconds(1));
        });
  }

  /**
   * A worker is frozen for longer than its lease and until its tasks would have been done, and then
   * goes on as if nothing had happened, while others are still at the same tasks.
   */
  static Act workerFrozen() {
    return new Act(
        "worker-frozen",
        2,
        Work.MEDIUM,
        4,
        Duration.ofSeconds(3),
        stack -> {
          stack.workers().getFirst().freeze();
          Await.pause(Duration.ofMillis(9_500));
          stack.workers().getFirst().thaw();
        });
  }

  /** Messages vanish with their queues. */
  static Act messagesLost() {
    return new Act(
        "messages-lost",
        1,
        Work.QUICK,
        60,
        Duration.ofSeconds(1),
        stack -> {
          var links = stack.workers().stream().map(stack::toBroker).toList();
          links.forEach(Link::swallow);
          Await.pause(Duration.ofSeconds(1));
          stack
              .servers()
              .onChannel(channel -> {
                for (String queue : TASK_QUEUES) {
                  channel.queueDelete(queue);
                }
              });
          links.forEach(Link::pass);
        });
  }
}
