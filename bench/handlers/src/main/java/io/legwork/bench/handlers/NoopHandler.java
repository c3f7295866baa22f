package io.legwork.bench.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;

/** Does nothing and has a result. */
@Handles("bench.noop")
public final class NoopHandler implements Handler<Payload> {

  @Override
  public Outcome handle(Payload payload, TaskContext task) {
    return Outcome.succeed(Result.OF_64_BYTES);
  }
}
