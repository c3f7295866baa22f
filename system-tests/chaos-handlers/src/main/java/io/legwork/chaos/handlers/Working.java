package io.legwork.chaos.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;

/** What all handlers have in common: they work for as long as told, and write down that they do. */
abstract class Working implements Handler<Payload> {

  private final ExecutionLedger ledger = ExecutionLedger.shared();

  @Override
  public final Outcome handle(Payload payload, TaskContext task) throws InterruptedException {
    ledger.started(task, payload);
    Thread.sleep(payload.millis());
    if (fails(payload, task)) {
      ledger.failed(task, payload);
      return Outcome.fail("this attempt was to fail");
    }
    var result = Result.of(payload, task.attempt());
    ledger.succeeded(task, payload, result);
    return Outcome.succeed(result);
  }

  /** Whether this attempt is to fail. */
  boolean fails(Payload payload, TaskContext task) {
    return false;
  }
}
