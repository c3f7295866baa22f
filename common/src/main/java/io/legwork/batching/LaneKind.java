package io.legwork.batching;

/**
 * What the lanes of a batcher run on. docs/adr/0015-lanes-that-give-way.md tells why there are two.
 */
public enum LaneKind {

  /**
   * A thread of the operating system for each lane. Whoever computes for long cannot keep it from
   * the processor. The first item of an idle batcher wakes it at once, at the expense of those who
   * are about to bring the next.
   */
  PLATFORM {
    @Override
    Thread start(String name, Runnable lane) {
      return Thread.ofPlatform().name(name).start(lane);
    }

    @Override
    void giveWay() {
      // The scheduler of the operating system is fair by itself.
    }
  },

  /**
   * A virtual thread for each lane, which gives way once between the first item and the rest, so
   * that callers who are ready to hand one in do it before. For callers that are virtual threads
   * themselves and never compute for long.
   */
  VIRTUAL {
    @Override
    Thread start(String name, Runnable lane) {
      return Thread.ofVirtual().name(name).start(lane);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    void giveWay() {
      // To the end of the queue of virtual threads that can run.
      Thread.yield();
    }
  };

  abstract Thread start(String name, Runnable lane);

  /** Lets others run that are ready to. */
  abstract void giveWay();
}
