package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;
import io.legwork.handler.TaskContext;

/** Always fails. */
@Handles("chaos.broken")
public final class BrokenHandler extends Working {

  @Override
  boolean fails(Payload payload, TaskContext task) {
    return true;
  }
}
