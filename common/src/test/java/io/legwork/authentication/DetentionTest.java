package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetentionTest {

  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Detention detention = new Detention(1, FOR_EVER);
  private final Thread first = Thread.ofVirtual().unstarted(detention::keep);

  @AfterEach
  void stop() {
    first.interrupt();
  }

  @Test
  void keepsAsManyAsThereIsRoomFor() throws InterruptedException {
    first.start();
    await().until(() -> first.getState() == Thread.State.TIMED_WAITING);
    Thread second = Thread.ofVirtual().start(detention::keep);

    second.join();

    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void hasRoomAgainWhenOneWasKeptLongEnough() throws InterruptedException {
    first.start();
    await().until(() -> first.getState() == Thread.State.TIMED_WAITING);
    first.interrupt();
    first.join();

    Thread next = Thread.ofVirtual().start(detention::keep);

    await().until(() -> next.getState() == Thread.State.TIMED_WAITING);
    next.interrupt();
  }

  @Test
  void endsAfterTheTime() {
    long begun = System.nanoTime();
    Thread kept = Thread.ofVirtual().start(new Detention(1, Duration.ofMillis(50))::keep);

    await().until(() -> !kept.isAlive());
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(50_000_000L);
  }

  @Test
  void keepsNoThreadThatOthersNeed() {
    detention.keep();

    assertThat(Thread.currentThread().isVirtual()).isFalse();
  }
}
