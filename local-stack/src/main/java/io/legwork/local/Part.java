package io.legwork.local;

import java.nio.file.Path;
import java.util.List;

/** One process of a stack that can be started, asked for its health and stopped. */
interface Part {

  /** What it is called in the output, and what its log is called. */
  default String name() {
    return daemon().name();
  }

  Daemon daemon();

  Path log();

  /** The ports it listens on, the one for clients first. */
  List<Port> ports();

  /** Whether it takes clients now. */
  boolean isReady();

  /** Starts the process and waits until it takes clients. */
  void start();

  /** Ends the process in an orderly way, and within a bound. */
  void stop();
}
