package io.legwork.worker.echo;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;

/** {@code echo}: the payload is the result. */
@Handles(value = "echo", concurrency = 500)
final class EchoHandler implements Handler<Object> {

  @Override
  public Outcome handle(Object payload, TaskContext task) {
    return Outcome.succeed(payload);
  }
}
