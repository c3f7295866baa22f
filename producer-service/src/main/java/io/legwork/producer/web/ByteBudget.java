package io.legwork.producer.web;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be in memory at the same time (guarantee G10). Thread-safe. */
final class ByteBudget {

  private final long total;
  private final AtomicLong taken = new AtomicLong();

  ByteBudget(long total) {
    this.total = total;
  }

  /** An empty share, to be closed by whoever asked for it. */
  Share open() {
    return new Share();
  }

  long taken() {
    return taken.get();
  }

  /** What one request has taken. For one thread. */
  final class Share implements AutoCloseable {

    private long size;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws ProblemException if there is no more
     */
    void take(long bytes) {
      if (taken.addAndGet(bytes) > total) {
        taken.addAndGet(-bytes);
        throw new ProblemException(
            ProblemType.OVERLOADED, "too many large requests are being read at the same time");
      }
      size += bytes;
    }

    @Override
    public void close() {
      taken.addAndGet(-size);
      size = 0;
    }
  }
}
