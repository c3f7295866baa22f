package io.legwork.chaos.nemesis;

import static io.legwork.chaos.nemesis.Fault.lasting;
import static io.legwork.chaos.nemesis.Fault.sudden;

import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.ServiceProcess;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to the services' processes. */
final class ServiceFaults {

  private ServiceFaults() {}

  static List<Fault> all() {
    return List.of(
        sudden("worker kill -9", Part.WORKERS, (stack, chance) -> killed(worker(stack, chance))),
        sudden("producer kill -9", Part.PRODUCER, (stack, chance) -> killed(stack.producer())),
        sudden("notifier kill -9", Part.NOTIFIER, (stack, chance) -> killed(stack.notifier())),
        sudden("worker SIGTERM", Part.WORKERS, (stack, chance) -> stopped(worker(stack, chance))),
        sudden("producer SIGTERM", Part.PRODUCER, (stack, chance) -> stopped(stack.producer())),
        lasting(
            "worker frozen, shorter than its lease",
            Part.WORKERS,
            500,
            1_500,
            (stack, chance) -> frozen(worker(stack, chance))),
        lasting(
            "worker frozen, longer than its lease",
            Part.WORKERS,
            3_000,
            9_000,
            (stack, chance) -> frozen(worker(stack, chance))),
        lasting(
            "producer frozen",
            Part.PRODUCER,
            1_000,
            7_000,
            (stack, chance) -> frozen(stack.producer())),
        lasting(
            "notifier frozen",
            Part.NOTIFIER,
            1_000,
            7_000,
            (stack, chance) -> frozen(stack.notifier())));
  }

  static ServiceProcess worker(Stack stack, RandomGenerator chance) {
    return stack.workers().get(chance.nextInt(stack.workers().size()));
  }

  /** The supervisor starts it again. */
  private static Healing killed(ServiceProcess service) {
    service.kill();
    return new Healing(service.name(), service::awaitReady);
  }

  /** An orderly end must be one: exit code 0, or 143 as the JVM has it after SIGTERM. */
  private static Healing stopped(ServiceProcess service) {
    int code = service.stop();
    return new Healing(service.name() + ", exit code " + code, service::awaitReady);
  }

  private static Healing frozen(ServiceProcess service) {
    service.freeze();
    return new Healing(
        service.name(),
        () -> {
          service.thaw();
          service.awaitReady();
        });
  }
}
