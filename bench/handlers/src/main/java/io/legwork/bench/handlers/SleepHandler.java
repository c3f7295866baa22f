package io.legwork.bench.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;

/** Sleeps for as long as it is told, as a handler does that waits for somebody else's answer. */
@Handles("bench.sleep")
public final class SleepHandler implements Handler<Payload> {

  @Override
  public Outcome handle(Payload payload, TaskContext task) throws InterruptedException {
    Thread.sleep(payload.millis());
    return Outcome.succeed(Result.OF_64_BYTES);
  }
}
