package io.legwork.bench.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;

/**
 * Does nothing and has a result. Many run at the same time, because what takes no time keeps nobody
 * from running, and a claim gathers as many tasks as may run.
 */
@Handles(value = "bench.noop", concurrency = 512)
public final class NoopHandler implements Handler<Payload> {

  @Override
  public Outcome handle(Payload payload, TaskContext task) {
    return Outcome.succeed(Result.OF_64_BYTES);
  }
}
