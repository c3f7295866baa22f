package io.legwork.worker.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first bytes of an answer's body and hangs up when there are more, so that no answer,
 * however large, takes more memory than the limit.
 */
final class LimitedBody implements BodySubscriber<ResponseBody> {

  private final int limit;
  private final String contentType;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<ResponseBody> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  private LimitedBody(int limit, String contentType) {
    this.limit = limit;
    this.contentType = contentType;
  }

  /**
   * Handles bodies of any size.
   *
   * @param limit how many bytes to keep
   */
  static BodyHandler<ResponseBody> keeping(int limit) {
    return response ->
        new LimitedBody(limit, response.headers().firstValue("Content-Type").orElse(""));
  }

  @Override
  public CompletionStage<ResponseBody> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Subscription current = Objects.requireNonNull(subscription);
    for (ByteBuffer buffer : buffers) {
      int fitting = Math.min(limit - kept.size(), buffer.remaining());
      byte[] bytes = new byte[fitting];
      buffer.get(bytes);
      kept.writeBytes(bytes);
      if (buffer.hasRemaining()) {
        current.cancel();
        finish(true);
        return;
      }
    }
    current.request(1);
  }

  @Override
  public void onError(Throwable thrown) {
    body.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    finish(false);
  }

  private void finish(boolean truncated) {
    body.complete(ResponseBody.of(kept.toByteArray(), truncated, contentType));
  }
}
