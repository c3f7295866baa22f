package io.legwork.mutants;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** What can be broken. */
final class Mutants {

  private static final String LEDGER = "io/legwork/ledger/";
  private static final String MESSAGING = "io/legwork/messaging/";
  private static final String EXECUTION = "io/legwork/worker/execution/";
  private static final String DISPATCH = "io/legwork/producer/dispatch/";

  private Mutants() {}

  /**
   * The changes that make a mutant.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static List<Edit> named(String name) {
    return switch (name) {
      case "ack-before-commit" -> List.of(ackBeforeCommit());
      case "auto-ack" -> List.of(autoAck(), noOtherAck());
      case "confirm-ignored" -> List.of(notWaitedFor(), takenForConfirmed());
      case "return-ignored" -> List.of(returnIgnored());
      case "no-fence" -> List.of(noFence());
      case "sweeper-off" -> List.of(sweeperOff());
      case "batch-half-applied" -> List.of(halfWritten(), allAnswered());
      case "no-idempotency" -> List.of(noIdempotency());
      case "event-outside-transaction" -> List.of(eventLost(), nobodyTold());
      default -> throw new IllegalArgumentException("there is no mutant " + name);
    };
  }

  /** A message is acknowledged when it comes, before anything is claimed. */
  private static Edit ackBeforeCommit() {
    var delivery = ClassDesc.of("io.legwork.worker.execution.TaskDelivery");
    return Edit.before(
        EXECUTION + "Execution",
        "begin",
        code -> code.aload(1).invokevirtual(delivery, "acknowledge", MethodTypeDesc.of(CD_void)));
  }

  /** The broker takes every message for done that it has sent. */
  private static Edit autoAck() {
    return Edit.call(
        EXECUTION + "QueueConsumer",
        "consume",
        "basicConsume",
        (code, call) -> {
          int consumer = code.allocateLocal(TypeKind.REFERENCE);
          code.astore(consumer).pop().iconst_1().aload(consumer).with(call);
        });
  }

  private static Edit noOtherAck() {
    return Edit.empty(EXECUTION + "Acknowledger", "settle", code -> code.return_());
  }

  /** What was sent is not remembered, and taken for confirmed at once. */
  private static Edit notWaitedFor() {
    return Edit.call(
        MESSAGING + "PublishSession",
        "send",
        "put",
        (code, call) -> code.pop().pop().pop().aconst_null());
  }

  private static Edit takenForConfirmed() {
    var session = ClassDesc.of("io.legwork.messaging.PublishSession");
    var settle =
        MethodTypeDesc.of(CD_void, ClassDesc.of("io.legwork.messaging.Pending"), CD_boolean);
    return Edit.after(
        MESSAGING + "PublishSession",
        "send",
        code -> code.aload(0).aload(1).iconst_1().invokevirtual(session, "settle", settle));
  }

  /** A message that found no queue is taken for one that did. */
  private static Edit returnIgnored() {
    return Edit.empty(MESSAGING + "PublishSession", "returned", code -> code.return_());
  }

  /** The outcome of an attempt is recorded although a later one has begun. */
  private static Edit noFence() {
    return Edit.text(
        LEDGER + "TaskOutcomes", "t.attempt = i.of_attempt and t.state = 2", "t.state <= 3");
  }

  /** Nobody looks for tasks whose message is lost. */
  private static Edit sweeperOff() {
    return Edit.empty(DISPATCH + "Sweeper", "round", code -> code.iconst_0().ireturn());
  }

  /** Of the tasks of a batch about half are written, and all are answered for. */
  private static Edit halfWritten() {
    return Edit.text(
        LEDGER + "TaskIntake",
        "max_attempts, callback_url is not null, tenant, queue, type\n  from input",
        "max_attempts, callback_url is not null, tenant, queue, type\n  from input"
            + " where get_byte(uuid_send(id), 15) < 128");
  }

  private static Edit allAnswered() {
    return Edit.text(
        LEDGER + "TaskIntake",
        "select id, state, submitted_at, ready_at from accepted",
        "select id, case when ready_at > now() then 0 else 1 end, now(), ready_at from input");
  }

  /** Keys are neither kept nor looked up. */
  private static Edit noIdempotency() {
    return Edit.text(
        LEDGER + "TaskIntake",
        """
        insert into idempotency_key (tenant, key, fingerprint, task_id)
        select tenant, key, fingerprint, task_id
        from unnest(?::text[], ?::text[], ?::text[], ?::uuid[]) as i(tenant, key, fingerprint, task_id)
        order by tenant, key
        on conflict do nothing
        returning task_id
        """,
        """
        select task_id
        from unnest(?::text[], ?::text[], ?::text[], ?::uuid[]) as i(tenant, key, fingerprint, task_id)
        """);
  }

  /** An outcome is committed without its event, which then is lost one time in sixteen. */
  private static Edit eventLost() {
    return Edit.text(
        LEDGER + "TaskOutcomes",
        "nextval('event_sequence'), event_id, gate.process, attempt",
        "case when get_byte(uuid_send(event_id), 15) < 240 then nextval('event_sequence') end,"
            + " event_id, gate.process, attempt");
  }

  private static Edit nobodyTold() {
    return Edit.text(
        LEDGER + "TaskOutcomes",
        "select * from finished",
        "select * from finished where sequence is not null");
  }
}
