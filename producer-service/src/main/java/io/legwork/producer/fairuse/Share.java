package io.legwork.producer.fairuse;

import io.legwork.ledger.SharedBuckets.Bucket;
import io.legwork.ledger.SharedBuckets.Draw;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What this process holds of a bucket that all share. It draws as much at once as comes in 50 ms,
 * so that the ledger is asked some twenty times a second at the most, whether it grants or not, and
 * so little that what one process holds is not missed by the others. Thread-safe.
 */
final class Share {

  private static final double DRAWS_PER_SECOND = 20;
  private static final long LONGEST_REFUSAL = Duration.ofMillis(50).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private final Drawing drawing;
  private final LongSupplier nanoTime;
  private long held;
  private double left;

  /** Until then no such request is granted, as far as is known. */
  private long refusedUntil;

  private long refusedNeed = Long.MAX_VALUE;

  /** Draws on a bucket. */
  @FunctionalInterface
  interface Drawing {
    Draw draw(Bucket bucket, long need, long want);
  }

  /**
   * What came of taking.
   *
   * @param taken whether all was taken, or nothing
   * @param remaining what could be taken still, as far as is known
   * @param after how long it is worthwhile to try again; zero if that is now
   */
  record Taking(boolean taken, long remaining, Duration after) {}

  Share(Drawing drawing, LongSupplier nanoTime) {
    this.drawing = drawing;
    this.nanoTime = nanoTime;
  }

  /** Takes tokens, drawing on the bucket if this process holds too few. */
  synchronized Taking take(Bucket bucket, long tokens) {
    if (held < tokens && !isKnownToBeRefused(tokens)) {
      draw(bucket, tokens - held);
    }
    if (held < tokens) {
      return new Taking(false, remaining(), wait(bucket, tokens));
    }
    held -= tokens;
    return new Taking(true, remaining(), Duration.ZERO);
  }

  private boolean isKnownToBeRefused(long tokens) {
    return tokens >= refusedNeed && nanoTime.getAsLong() - refusedUntil < 0;
  }

  private void draw(Bucket bucket, long need) {
    long more = (long) (bucket.rate() / DRAWS_PER_SECOND);
    Draw draw = drawing.draw(bucket, need, need + more);
    held += draw.granted();
    left = draw.left();
    refusedNeed = draw.granted() == 0 ? need : Long.MAX_VALUE;
    refusedUntil = nanoTime.getAsLong() + LONGEST_REFUSAL;
  }

  /** For what was taken and not used. */
  synchronized void giveBack(long tokens) {
    held += tokens;
  }

  private long remaining() {
    return Math.max(0, held + (long) Math.floor(left));
  }

  private Duration wait(Bucket bucket, long tokens) {
    if (bucket.rate() == 0) {
      return Duration.ZERO;
    }
    double needed = Math.min((double) tokens, bucket.capacity());
    double missing = needed - held - left;
    return Duration.ofNanos((long) (Math.max(0, missing) / bucket.rate() * NANOS_PER_SECOND));
  }
}
