package io.legwork.chaos.nemesis;

import static io.legwork.chaos.nemesis.Fault.lasting;
import static io.legwork.chaos.nemesis.Fault.sudden;

import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Signal;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to the broker, and to what it holds. */
final class BrokerFaults {

  private static final String TASKS = "legwork.tasks";
  private static final String EVENTS = "legwork.events";
  private static final String NOTIFY = "legwork.notify";
  private static final List<String> TASK_QUEUES =
      List.of(TASKS + ".default.high", TASKS + ".default.normal", TASKS + ".default.low");
  private static final List<String> QUEUES =
      List.of(TASK_QUEUES.get(0), TASK_QUEUES.get(1), TASK_QUEUES.get(2), NOTIFY);

  private BrokerFaults() {}

  static List<Fault> all() {
    return List.of(
        sudden("connections closed", Part.BROKER, (stack, chance) -> connectionsClosed(stack)),
        lasting(
            "broker app stopped", Part.BROKER, 2_000, 10_000, (stack, chance) -> stopped(stack)),
        lasting("broker kill -9", Part.BROKER, 0, 3_000, (stack, chance) -> killed(stack)),
        lasting("broker frozen", Part.BROKER, 1_000, 8_000, (stack, chance) -> frozen(stack)),
        lasting("memory alarm", Part.BROKER, 2_000, 10_000, (stack, chance) -> alarmed(stack)),
        sudden("queue deleted", Part.BROKER, BrokerFaults::queueDeleted),
        sudden("queue purged", Part.BROKER, BrokerFaults::queuePurged),
        sudden("exchange deleted", Part.BROKER, BrokerFaults::exchangeDeleted),
        sudden("binding deleted", Part.BROKER, BrokerFaults::bindingDeleted),
        sudden("broker forgets everything", Part.BROKER, (stack, chance) -> wiped(stack)));
  }

  private static Healing connectionsClosed(Stack stack) {
    ctl(stack, "close_all_connections", "chaos");
    return Healing.byItself("all");
  }

  private static Healing stopped(Stack stack) {
    var broker = stack.servers().broker();
    broker.stopApp();
    return new Healing("stop_app, start_app", broker::startApp);
  }

  private static Healing killed(Stack stack) {
    var broker = stack.servers().broker();
    broker.kill();
    return new Healing("restarted with its data", broker::start);
  }

  private static Healing frozen(Stack stack) {
    var processes = stack.servers().brokerProcesses();
    Signal.STOP.sendTo(processes);
    return new Healing("SIGSTOP, SIGCONT", () -> Signal.CONT.sendTo(processes));
  }

  private static Healing alarmed(Stack stack) {
    ctl(stack, "set_vm_memory_high_watermark", "0.000001");
    return new Healing(
        "publishers blocked", () -> ctl(stack, "set_vm_memory_high_watermark", "0.6"));
  }

  private static Healing queueDeleted(Stack stack, RandomGenerator chance) throws Exception {
    var queue = any(QUEUES, chance);
    stack.servers().onChannel(channel -> channel.queueDelete(queue));
    return Healing.byItself(queue);
  }

  private static Healing queuePurged(Stack stack, RandomGenerator chance) throws Exception {
    var queue = any(QUEUES, chance);
    stack.servers().onChannel(channel -> channel.queuePurge(queue));
    return Healing.byItself(queue);
  }

  private static Healing exchangeDeleted(Stack stack, RandomGenerator chance) throws Exception {
    var exchange = any(List.of(TASKS, EVENTS), chance);
    stack.servers().onChannel(channel -> channel.exchangeDelete(exchange));
    return Healing.byItself(exchange);
  }

  private static Healing bindingDeleted(Stack stack, RandomGenerator chance) throws Exception {
    var queue = any(QUEUES, chance);
    stack.servers().onChannel(channel -> channel.queueUnbind(queue, TASKS, queue));
    return Healing.byItself(TASKS + " to " + queue);
  }

  /** Queues, exchanges, messages: as with a lost disk. The user comes back with the start. */
  private static Healing wiped(Stack stack) {
    var broker = stack.servers().broker();
    broker.stopApp();
    ctl(stack, "reset");
    return new Healing("reset", broker::startApp);
  }

  private static void ctl(Stack stack, String... command) {
    stack.servers().broker().rabbitmqctl(command);
  }

  private static String any(List<String> names, RandomGenerator chance) {
    return names.get(chance.nextInt(names.size()));
  }
}
