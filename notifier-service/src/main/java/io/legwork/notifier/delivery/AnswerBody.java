package io.legwork.notifier.delivery;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of an answer. What the receiver has decided is told by the status, so a body
 * that is long, slow or broken off is cut and never turns an answer into a failure.
 */
final class AnswerBody implements BodySubscriber<String> {

  static final int KEPT = 4 * 1024;

  /** Up to here the rest is read and thrown away, which keeps the connection usable. */
  private static final int READ = 64 * 1024;

  /** An answer that comes at the last moment may still be read. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final CompletableFuture<String> text = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
  private final CompletableFuture<@Nullable Void> deadline;
  private @Nullable Subscription subscription;
  private boolean ended;
  private int read;

  /**
   * @param time how long the body may take, but at least a second
   */
  AnswerBody(Duration time) {
    deadline =
        new CompletableFuture<@Nullable Void>()
            .completeOnTimeout(
                null, Math.max(time.toNanos(), SHORTEST.toNanos()), TimeUnit.NANOSECONDS);
    var _ = deadline.thenRun(this::cut);
  }

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public synchronized void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    if (text.isDone()) {
      cut();
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      read += buffer.remaining();
      byte[] bytes = new byte[Math.min(buffer.remaining(), KEPT - kept.size())];
      buffer.get(bytes);
      kept.writeBytes(bytes);
    }
    if (read > READ) {
      cut();
    }
  }

  @Override
  public synchronized void onError(Throwable brokenOff) {
    ended = true;
    finish();
  }

  @Override
  public synchronized void onComplete() {
    ended = true;
    finish();
  }

  private synchronized void cut() {
    if (subscription != null && !ended) {
      ended = true;
      subscription.cancel();
    }
    finish();
  }

  private synchronized void finish() {
    // PostgreSQL's text holds every character but this one.
    text.complete(kept.toString(StandardCharsets.UTF_8).replace("\0", ""));
    deadline.complete(null);
  }
}
