package io.legwork.chaos.nemesis;

import static io.legwork.chaos.nemesis.Fault.sudden;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Await;
import io.legwork.local.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Services that end between two steps of their work, whatever the time: an agent makes the next
 * passing of a place in the code the last.
 */
final class FailpointFaults {

  /** With the load of a run each place is passed many times within it. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * A place in the code.
   *
   * @param name of the agent for it
   * @param place between which two steps
   */
  private record Failpoint(String name, String place) {}

  private static final List<Failpoint> PRODUCER =
      List.of(
          new Failpoint("accepted", "accepted, neither published nor answered"),
          new Failpoint("published", "published, not confirmed"),
          new Failpoint("confirmed", "confirmed, not noted"));

  private static final List<Failpoint> WORKER =
      List.of(
          new Failpoint("claimed", "claimed, not begun"),
          new Failpoint("recorded", "recorded, neither announced nor acknowledged"),
          new Failpoint("published", "announced, not confirmed"),
          new Failpoint("acknowledging", "recorded, not acknowledged"),
          new Failpoint("acknowledged", "acknowledged"));

  private static final List<Failpoint> NOTIFIER =
      List.of(
          new Failpoint("delivery-made", "delivery made, nothing sent"),
          new Failpoint("event-done", "event not acknowledged"),
          new Failpoint("delivered", "delivered, not recorded"));

  private FailpointFaults() {}

  /**
   * One for each service, or half of all faults would be of this kind: the place is left to chance.
   */
  static List<Fault> all() {
    return List.of(
        sudden(
            "producer dies at a given place",
            Part.PRODUCER,
            (stack, chance) -> ended(stack, stack.producer(), one(PRODUCER, chance))),
        sudden(
            "worker dies at a given place",
            Part.WORKERS,
            (stack, chance) ->
                ended(stack, ServiceFaults.worker(stack, chance), one(WORKER, chance))),
        sudden(
            "notifier dies at a given place",
            Part.NOTIFIER,
            (stack, chance) -> ended(stack, stack.notifier(), one(NOTIFIER, chance))));
  }

  private static Failpoint one(List<Failpoint> failpoints, RandomGenerator chance) {
    return failpoints.get(chance.nextInt(failpoints.size()));
  }

  /** The supervisor starts it again. */
  private static Healing ended(Stack stack, ServiceProcess service, Failpoint failpoint)
      throws IOException {
    service.awaitReady();
    long pid = service.pid().orElse(0);
    arm(pid, stack.agent(), failpoint.name());
    boolean reached = Await.within(PATIENCE, () -> ProcessHandle.of(pid).isEmpty());
    if (!reached) {
      service.kill();
    }
    String place = service.name() + ": " + failpoint.place();
    String detail = reached ? place : place + ", killed: it did not get there";
    return new Healing(detail, service::awaitReady);
  }

  /** A process that has ended meanwhile, of itself or at this very place, needs no failpoint. */
  private static void arm(long pid, Path agent, String failpoint) throws IOException {
    try {
      var service = VirtualMachine.attach(String.valueOf(pid));
      try {
        service.loadAgent(agent.toString(), failpoint);
      } finally {
        service.detach();
      }
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | IOException e) {
      if (ProcessHandle.of(pid).isPresent()
          && !Await.within(PATIENCE, () -> ProcessHandle.of(pid).isEmpty())) {
        throw new IOException("the failpoint " + failpoint + " could not be armed", e);
      }
    }
  }
}
