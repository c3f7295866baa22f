package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How soon a result can be read on a system that has nothing else to do. */
class LatencyIT {

  private static final int WARM_UP = 300;
  private static final int SAMPLES = 500;

  private final Api api = Legwork.shared().api();

  @Test
  void isLowWhenTheSystemIsIdle() {
    samples(WARM_UP);
    var sorted = samples(SAMPLES).sorted().toList();

    var p50 = sorted.get(SAMPLES / 2);
    var p99 = sorted.get(SAMPLES * 99 / 100);
    assertThat(p50).as("p50, with p99 " + p99).isLessThanOrEqualTo(Duration.ofMillis(25));
    assertThat(p99).as("p99, with p50 " + p50).isLessThanOrEqualTo(Duration.ofMillis(120));
  }

  private Stream<Duration> samples(int count) {
    return Stream.generate(this::sample).limit(count).toList().stream();
  }

  private Duration sample() {
    var answer = api.post("/v1/tasks", aTask("echo", Map.of("a", 1)), "Prefer", "wait=5");
    return answer.expect(200).took();
  }
}
