package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.legwork.messaging.PublisherCondition.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What became of the attempts to connect. Written by the publishing thread, read by any. */
final class Connecting {

  private final CountDownLatch attempted = new CountDownLatch(1);
  private volatile boolean everConnected;
  private volatile @Nullable String problem;
  private volatile @Nullable RuntimeException fault;

  /** A session is open and its topology was declared, or could not be for the given reason. */
  void connected(@Nullable TopologyMismatchException mismatch) {
    everConnected |= mismatch == null;
    fault = mismatch;
    problem = mismatch == null ? null : mismatch.getMessage();
    attempted.countDown();
  }

  /**
   * There is no session.
   *
   * @return whether this is news: an outage is told once and not at each attempt to end it
   */
  boolean failed(Exception failure) {
    String reason = describe(failure);
    boolean news = !reason.equals(problem);
    fault = failure instanceof UnsuitableBrokerException unsuitable ? unsuitable : null;
    problem = reason;
    attempted.countDown();
    return news;
  }

  @Nullable String problem() {
    return problem;
  }

  PublisherCondition condition(@Nullable PublishSession session) {
    RuntimeException unmendable = fault;
    if (unmendable != null) {
      return new PublisherCondition(
          State.UNSUITABLE, String.valueOf(unmendable.getMessage()), unmendable);
    }
    String reason = problem;
    if (session != null && session.isOpen() && everConnected) {
      return session.isBlocked()
          ? new PublisherCondition(
              State.BLOCKED, "The broker asks to wait: it is short of memory or disk.")
          : new PublisherCondition(State.PUBLISHING, "");
    }
    return new PublisherCondition(
        everConnected ? State.DISCONNECTED : State.WAITING,
        reason == null ? "The connection to the broker is being made." : reason);
  }

  void awaitAttempt(Duration patience) throws InterruptedException {
    var _ = attempted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What the broker said, if it said anything; never what we said to it, such as a password. */
  static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ShutdownSignalException)) {
      cause = cause.getCause();
    }
    if (cause instanceof ShutdownSignalException signal) {
      switch (signal.getReason()) {
        case AMQP.Channel.Close close -> {
          return close.getReplyText();
        }
        case AMQP.Connection.Close close -> {
          return close.getReplyText();
        }
        case null, default -> {}
      }
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
