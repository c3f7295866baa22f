package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same to several things at the same time. */
final class Together {

  private Together() {}

  /** Returns when all are done; then fails if one of them failed, naming every failure. */
  static <T> void each(Collection<? extends T> items, Consumer<T> action) {
    var failures = new ArrayList<String>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var item : items) {
        running.add(executor.submit(() -> action.accept(item)));
      }
      for (var future : running) {
        await(future, failures);
      }
    }
    if (!failures.isEmpty()) {
      throw new LocalStackException(String.join("\n", failures));
    }
  }

  private static void await(Future<?> future, Collection<String> failures) {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof LocalStackException failure)) {
        throw new IllegalStateException(e.getCause());
      }
      failures.add(failure.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted.", e);
    }
  }
}
