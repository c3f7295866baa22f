package io.legwork.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678Z"));
  private final InstantSource clock = now::get;
  private final UuidV7 ids = new UuidV7(clock, new Random(1));

  @Test
  void carriesVersionVariantAndTime() {
    UUID id = ids.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.get().toEpochMilli());
  }

  @Test
  void growsWhileTheClockStandsStill() {
    List<TaskId> made = IntStream.range(0, 10_000).mapToObj(i -> new TaskId(ids.next())).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void growsWhenTheClockStepsBack() {
    TaskId before = new TaskId(ids.next());
    now.set(now.get().minusSeconds(3600));

    assertThat(new TaskId(ids.next())).isGreaterThan(before);
  }

  @Test
  void floorIsNotGreaterThanAnyIdOfItsTime() {
    TaskId floor = new TaskId(UuidV7.floor(now.get()));

    assertThat(new TaskId(ids.next())).isGreaterThanOrEqualTo(floor);
    assertThat(new TaskId(UuidV7.floor(now.get().plusMillis(1))))
        .isGreaterThan(new TaskId(new UuidV7(clock, new Random(2)).next()));
  }
}
