package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;
import io.legwork.handler.TaskContext;

/** Fails as often as it is told to, then succeeds. */
@Handles("chaos.flaky")
public final class FlakyHandler extends Working {

  @Override
  boolean fails(Payload payload, TaskContext task) {
    return task.attempt() <= payload.failures();
  }
}
