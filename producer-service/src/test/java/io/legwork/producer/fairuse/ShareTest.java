package io.legwork.producer.fairuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.SharedBuckets.Bucket;
import io.legwork.ledger.SharedBuckets.Draw;
import io.legwork.producer.fairuse.Share.Taking;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTest {

  private static final Bucket BUCKET = new Bucket("b", 100, 100);

  private final Deque<Draw> answers = new ArrayDeque<>();
  private final List<String> draws = new ArrayList<>();
  private long now = Long.MAX_VALUE;
  private final Share share =
      new Share(
          (_, need, want) -> {
            draws.add(need + " to " + want);
            return answers.remove();
          },
          () -> now);

  @Test
  void drawsAsMuchAsComesInFiftyMillisecondsAndUsesItUp() {
    answers.add(new Draw(6, 50));

    for (int i = 0; i < 6; i++) {
      assertThat(share.take(BUCKET, 1).taken()).isTrue();
    }

    assertThat(draws).containsExactly("1 to 6");
  }

  @Test
  void drawsWhatItLacks() {
    answers.add(new Draw(6, 50));
    answers.add(new Draw(12, 38));
    share.take(BUCKET, 1);

    Taking taking = share.take(BUCKET, 17);

    assertThat(draws).containsExactly("1 to 6", "12 to 17");
    assertThat(taking).isEqualTo(new Taking(true, 38, Duration.ZERO));
  }

  @Test
  void doesNotAskAgainAtOnceForWhatWasRefused() {
    answers.add(new Draw(0, 3));
    answers.add(new Draw(2, 1));
    answers.add(new Draw(10, 0));

    Taking refused = share.take(BUCKET, 10);
    assertThat(share.take(BUCKET, 10).taken()).isFalse();
    assertThat(draws).hasSize(1);
    assertThat(refused).isEqualTo(new Taking(false, 3, Duration.ofMillis(70)));

    assertThat(share.take(BUCKET, 2).taken()).as("less than what was refused").isTrue();
    now += Duration.ofMillis(51).toNanos();
    assertThat(share.take(BUCKET, 10).taken()).isTrue();
  }

  @Test
  void takesBackWhatWasNotUsed() {
    answers.add(new Draw(6, 0));
    share.take(BUCKET, 6);

    share.giveBack(6);

    assertThat(share.take(BUCKET, 6).taken()).isTrue();
    assertThat(draws).hasSize(1);
  }

  @Test
  void tellsNoTimeWhereNothingIsFilledAgain() {
    answers.add(new Draw(0, 0));

    assertThat(share.take(new Bucket("day", 0, 5), 5))
        .isEqualTo(new Taking(false, 0, Duration.ZERO));
  }
}
