package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissesTest {

  private static final long SECOND = 1_000_000_000L;
  private static final UUID KEY = new UUID(1, 1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final Misses misses = new Misses(3, nanos::get);

  @Test
  void letsNobodyWaitWhoStaysBelowTheRate() {
    for (int second = 0; second < 100; second++) {
      assertThat(misses.allow(KEY)).isTrue();
      miss(KEY, 3);
      nanos.addAndGet(SECOND);
    }
  }

  @Test
  void letsAKeyWaitAfterTenSecondsOfMissesAtOnce() {
    miss(KEY, 29);
    assertThat(misses.allow(KEY)).isTrue();

    miss(KEY, 1);

    assertThat(misses.allow(KEY)).isFalse();
    nanos.addAndGet(SECOND);
    assertThat(misses.allow(KEY)).isTrue();
    miss(KEY, 3);
    assertThat(misses.allow(KEY)).isFalse();
  }

  @Test
  void letsNoOtherKeyWait() {
    miss(KEY, 1_000);

    assertThat(misses.allow(new UUID(2, 2))).isTrue();
  }

  @Test
  void watchesSoManyKeysAndNoMoreUntilTheirMissesAreForgotten() {
    for (int key = 0; key < 10_000; key++) {
      miss(new UUID(0, key), 1);
    }
    miss(KEY, 1_000);
    assertThat(misses.allow(KEY)).isTrue();

    nanos.addAndGet(SECOND);
    miss(KEY, 1_000);

    assertThat(misses.allow(KEY)).isFalse();
  }

  private void miss(UUID key, int times) {
    for (int i = 0; i < times; i++) {
      misses.missed(key);
    }
  }
}
