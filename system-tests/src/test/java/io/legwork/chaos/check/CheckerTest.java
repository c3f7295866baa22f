package io.legwork.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every invariant must be able to break: a checker that nothing turns red proves nothing. */
class CheckerTest {

  @TempDir private Path folder;

  @Test
  void isGreenWhenAllIsAsItShouldBe() {
    var judgement = Story.good().judged(folder);

    assertThat(judgement.broken()).isEmpty();
    assertThat(judgement.isGreen()).isTrue();
    assertThat(judgement.totals().lost()).isEmpty();
    assertThat(judgement.totals().duplicates()).isZero();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mishaps")
  void isRedWhen(String invariant, String mishap, Consumer<Story> change) {
    var story = Story.good();
    change.accept(story);

    var judgement = story.judged(folder);

    assertThat(judgement.isGreen()).as(mishap).isFalse();
    assertThat(judgement.broken()).as(mishap).contains(invariant);
  }

  @Test
  void hasAMishapForEveryInvariant() {
    var tried = mishaps().map(mishap -> mishap.get()[0]).distinct().toList();

    assertThat(Checker.INVARIANTS)
        .extracting(Invariant::name)
        .containsExactlyInAnyOrder(tried.toArray(String[]::new));
  }

  private static Stream<Arguments> mishaps() {
    return Stream.concat(WorkMishaps.all(), NewsMishaps.all());
  }
}
