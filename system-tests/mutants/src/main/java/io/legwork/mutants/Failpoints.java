package io.legwork.mutants;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Places at which a service can be made to end as with {@code kill -9}, between two steps. */
final class Failpoints {

  private static final String LEDGER = "io/legwork/ledger/";
  private static final String MESSAGING = "io/legwork/messaging/";
  private static final String EXECUTION = "io/legwork/worker/execution/";
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");

  /** As the shell tells of {@code kill -9}. */
  private static final int KILLED = 137;

  private Failpoints() {}

  /**
   * The change that ends the process at its next passing.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Edit named(String name) {
    return switch (name) {
      case "accepted" -> before("io/legwork/producer/dispatch/Dispatcher", "dispatch");
      case "published" -> after(MESSAGING + "PublishSession", "send");
      case "confirmed" -> before(MESSAGING + "PublishSession", "answered");
      case "claimed" -> after(LEDGER + "TaskClaims", "claim");
      case "recorded" -> after(LEDGER + "TaskOutcomes", "record");
      case "acknowledging" -> before(EXECUTION + "Acknowledger", "settle");
      case "acknowledged" -> after(EXECUTION + "Acknowledger", "settle");
      case "delivery-made" -> after(LEDGER + "DeliveryIntake", "create");
      case "event-done" -> before("io/legwork/notifier/intake/EventSession", "acknowledgeThrough");
      case "delivered" -> before(LEDGER + "DeliveryOutcomes", "record");
      default -> throw new IllegalArgumentException("there is no failpoint " + name);
    };
  }

  private static Edit before(String className, String method) {
    return Edit.before(className, method, Failpoints::halt);
  }

  private static Edit after(String className, String method) {
    return Edit.after(className, method, Failpoints::halt);
  }

  private static void halt(CodeBuilder code) {
    code.invokestatic(RUNTIME, "getRuntime", MethodTypeDesc.of(RUNTIME))
        .loadConstant(KILLED)
        .invokevirtual(RUNTIME, "halt", MethodTypeDesc.of(CD_void, CD_int));
  }
}
