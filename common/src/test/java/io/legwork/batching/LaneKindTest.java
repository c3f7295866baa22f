package io.legwork.batching;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LaneKindTest {

  private static final int CALLERS = 500;
  private static final int ROUNDS = 20;

  /** However quick the writer is, so that nothing gathers while a write is under way. */
  @Test
  void callersThatAreReadyHandInBeforeAVirtualLaneWrites() throws InterruptedException {
    var settings = new BatcherSettings("test", LaneKind.VIRTUAL, 1, CALLERS, CALLERS);
    try (var batcher =
        new Batcher<Integer, Integer>(
            settings, items -> items, _ -> false, new SimpleMeterRegistry())) {
      for (int round = 0; round < ROUNDS; round++) {
        submitAtOnce(batcher);
      }

      assertThat(batcher.writes()).isLessThan(ROUNDS * CALLERS / 10);
    }
  }

  private static void submitAtOnce(Batcher<Integer, Integer> batcher) throws InterruptedException {
    var start = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        int item = caller;
        callers.execute(() -> {
          await(start);
          batcher.submit(item).join();
        });
      }
      start.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
