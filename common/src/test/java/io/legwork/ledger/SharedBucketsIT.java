package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.legwork.ledger.SharedBuckets.Bucket;
import io.legwork.ledger.SharedBuckets.Draw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedBucketsIT {

  /** Is never filled again, so that no time matters. */
  private static final Bucket TEN = new Bucket("ten", 0, 10);

  private TestLedger ledger;
  private SharedBuckets buckets;

  @BeforeEach
  void open() {
    ledger = new TestLedger();
    buckets = new SharedBuckets(ledger.dataSource);
  }

  @Test
  void grantsWhatIsNeededAndOfWhatIsWantedWhatThereIs() {
    assertThat(buckets.draw(TEN, 2, 4)).isEqualTo(new Draw(4, 6));
    assertThat(buckets.draw(TEN, 2, 9)).isEqualTo(new Draw(6, 0));
    assertThat(buckets.draw(TEN, 1, 9)).isEqualTo(new Draw(0, 0));
  }

  @Test
  void grantsAllThatIsNeededOrNothing() {
    buckets.draw(TEN, 7, 7);

    assertThat(buckets.draw(TEN, 4, 4)).isEqualTo(new Draw(0, 3));
    assertThat(buckets.draw(TEN, 3, 3)).isEqualTo(new Draw(3, 0));
  }

  @Test
  void lendsWhatExceedsItsCapacityOnceItIsFull() {
    assertThat(buckets.draw(TEN, 25, 25)).isEqualTo(new Draw(25, -15));
    assertThat(buckets.draw(TEN, 1, 1)).isEqualTo(new Draw(0, -15));
  }

  @Test
  void isFilledAtItsRateUpToItsCapacity() {
    var bucket = new Bucket("filled", 1, 50);
    buckets.draw(bucket, 50, 50);
    rewind("filled", Duration.ofSeconds(20));

    assertThat(buckets.draw(bucket, 1, 1).left()).isCloseTo(19, within(5.0));

    rewind("filled", Duration.ofHours(1));

    assertThat(buckets.draw(bucket, 1, 1)).isEqualTo(new Draw(1, 49));
  }

  @Test
  void grantsNoMoreThanItHasHoweverManyDraw() throws Exception {
    var bucket = new Bucket("contended", 0, 1_000);
    long granted = 0;
    try (var drawers = Executors.newFixedThreadPool(8)) {
      List<Callable<Long>> draws = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        draws.add(() -> buckets.draw(bucket, 1, 7).granted());
      }
      for (Future<Long> draw : drawers.invokeAll(draws)) {
        granted += draw.get();
      }
    }

    assertThat(granted).isEqualTo(1_000);
  }

  @Test
  void forgetsWhatNobodyDrawsOn() {
    buckets.draw(TEN, 10, 10);
    buckets.draw(new Bucket("used", 0, 10), 10, 10);
    rewind("ten", Duration.ofDays(3));

    assertThat(buckets.forget(Duration.ofDays(2))).isEqualTo(1);
    assertThat(buckets.draw(TEN, 10, 10).granted()).isEqualTo(10);
    assertThat(buckets.draw(new Bucket("used", 0, 10), 1, 1).granted()).isZero();
  }

  private void rewind(String bucket, Duration time) {
    ledger.execute(
        "update shared_bucket set at = at - interval '%d ms' where id = '%s'"
            .formatted(time.toMillis(), bucket));
  }
}
