package io.legwork.worker.execution;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.task.Priority;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PriorityTurnsTest {

  private static final Set<Priority> ALL = EnumSet.allOf(Priority.class);

  private final PriorityTurns turns = new PriorityTurns();

  @Test
  void givesSixThreeAndOneOfTen() {
    assertThat(shares(100, ALL))
        .containsEntry(Priority.HIGH, 60L)
        .containsEntry(Priority.NORMAL, 30L)
        .containsEntry(Priority.LOW, 10L);
  }

  @Test
  void mixesThemSoThatNobodyWaitsForLong() {
    List<Priority> order = IntStream.range(0, 10).mapToObj(turn -> turns.next(ALL)).toList();

    assertThat(order.getFirst()).isEqualTo(Priority.HIGH);
    assertThat(order.subList(0, 5)).contains(Priority.NORMAL);
    assertThat(order).contains(Priority.LOW);
  }

  @Test
  void sharesTheTurnsOfWhomNothingWaitsFor() {
    assertThat(shares(40, EnumSet.of(Priority.NORMAL, Priority.LOW)))
        .containsEntry(Priority.NORMAL, 30L)
        .containsEntry(Priority.LOW, 10L);
  }

  @Test
  void keepsNoGrudge() {
    shares(1000, EnumSet.of(Priority.LOW));

    assertThat(shares(100, ALL)).containsEntry(Priority.LOW, 10L);
  }

  private Map<Priority, Long> shares(int number, Set<Priority> waiting) {
    return IntStream.range(0, number)
        .mapToObj(turn -> turns.next(waiting))
        .collect(groupingBy(priority -> priority, counting()));
  }
}
