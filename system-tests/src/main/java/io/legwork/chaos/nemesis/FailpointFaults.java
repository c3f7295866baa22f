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

/**
 * Services that end between two steps of their work, whatever the time: an agent makes the next
 * passing of a place in the code the last.
 */
final class FailpointFaults {

  /** With the load of a run each place is passed many times within it. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private FailpointFaults() {}

  static List<Fault> all() {
    return List.of(
        producer("producer dies: accepted, neither published nor answered", "accepted"),
        producer("producer dies: published, not confirmed", "published"),
        producer("producer dies: confirmed, not noted", "confirmed"),
        worker("worker dies: claimed, not begun", "claimed"),
        worker("worker dies: recorded, neither announced nor acknowledged", "recorded"),
        worker("worker dies: announced, not confirmed", "published"),
        worker("worker dies: recorded, not acknowledged", "acknowledging"),
        worker("worker dies: acknowledged", "acknowledged"),
        notifier("notifier dies: delivery made, nothing sent", "delivery-made"),
        notifier("notifier dies: event not acknowledged", "event-done"),
        notifier("notifier dies: delivered, not recorded", "delivered"));
  }

  private static Fault producer(String name, String failpoint) {
    return sudden(
        name, Part.PRODUCER, (stack, chance) -> ended(stack, stack.producer(), failpoint));
  }

  private static Fault notifier(String name, String failpoint) {
    return sudden(
        name, Part.NOTIFIER, (stack, chance) -> ended(stack, stack.notifier(), failpoint));
  }

  private static Fault worker(String name, String failpoint) {
    return sudden(
        name,
        Part.WORKERS,
        (stack, chance) -> ended(stack, ServiceFaults.worker(stack, chance), failpoint));
  }

  /** The supervisor starts it again. */
  private static Healing ended(Stack stack, ServiceProcess service, String failpoint)
      throws IOException {
    service.awaitReady();
    long pid = service.pid().orElse(0);
    arm(pid, stack.agent(), failpoint);
    boolean reached = Await.within(PATIENCE, () -> ProcessHandle.of(pid).isEmpty());
    if (!reached) {
      service.kill();
    }
    String detail = service.name() + (reached ? "" : ", killed: it did not get there");
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
