package io.legwork.task;

import java.time.Duration;
import java.time.Instant;

/** When a task may start. Delays count on the ledger's clock from the moment of acceptance. */
public sealed interface Start {

  /** As soon as a worker is free. */
  record Immediately() implements Start {}

  /** Not before a delay has passed, which is not negative. */
  record After(Duration delay) implements Start {}

  /** Not before a point in time; one in the past means immediately. */
  record At(Instant time) implements Start {}
}
