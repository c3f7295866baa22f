package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;
import io.legwork.handler.TaskContext;

/** Takes its worker along, as a handler that breaks the JVM does. */
@Handles("chaos.halt")
public final class HaltHandler extends Working {

  private static final int KILLED = 137;

  @Override
  boolean fails(Payload payload, TaskContext task) {
    Runtime.getRuntime().halt(KILLED);
    return true;
  }
}
