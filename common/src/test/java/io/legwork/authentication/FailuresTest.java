package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final Failures failures = new Failures(3, nanos::get);

  @Test
  void allowsSoManyInASecondAndThenAsManyAgain() {
    assertThat(allowedOf(10)).isEqualTo(3);
    nanos.addAndGet(999_999_999L);
    assertThat(allowedOf(10)).isZero();

    nanos.addAndGet(1);

    assertThat(allowedOf(10)).isEqualTo(3);
  }

  private long allowedOf(int count) {
    return IntStream.range(0, count).filter(_ -> failures.allow()).count();
  }
}
