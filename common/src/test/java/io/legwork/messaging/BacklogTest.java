package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final long LIMIT = 1_000;

  private final Backlog backlog = new Backlog(3);
  private final Pending first = new Pending(TestBroker.message());
  private final Pending second = new Pending(TestBroker.message());
  private final Pending third = new Pending(TestBroker.message());

  @Test
  void givesNewMessagesInTheirOrder() {
    backlog.offer(first);
    backlog.offer(second);

    assertThat(backlog.next(0)).isSameAs(first);
    assertThat(backlog.next(0)).isSameAs(second);
    assertThat(backlog.next(0)).isNull();
  }

  @Test
  void givesInterruptedOnesThenDueRetriesThenNewOnes() {
    backlog.offer(first);
    backlog.retryAt(second, 10);
    backlog.interrupted(List.of(third));

    assertThat(backlog.next(10)).isSameAs(third);
    assertThat(backlog.next(10)).isSameAs(second);
    assertThat(backlog.next(10)).isSameAs(first);
  }

  @Test
  void holdsRetriesBackUntilTheyAreDue() {
    backlog.retryAt(second, 20);
    backlog.retryAt(first, 10);

    assertThat(backlog.next(9)).isNull();
    assertThat(backlog.nanosUntilDue(4, LIMIT)).isEqualTo(6);
    assertThat(backlog.next(10)).isSameAs(first);
    assertThat(backlog.next(19)).isNull();
  }

  @Test
  void knowsHowLongNothingIsDue() {
    assertThat(backlog.nanosUntilDue(0, LIMIT)).isEqualTo(LIMIT);

    backlog.retryAt(first, 5_000);
    assertThat(backlog.nanosUntilDue(0, LIMIT)).isEqualTo(LIMIT);

    backlog.offer(second);
    assertThat(backlog.nanosUntilDue(0, LIMIT)).isZero();
  }

  @Test
  void countsAMessageUntilItIsSettledWhereverItIs() {
    assertThat(backlog.offer(first)).isTrue();
    assertThat(backlog.offer(second)).isTrue();
    assertThat(backlog.offer(third)).isTrue();
    backlog.next(0);

    assertThat(backlog.offer(new Pending(TestBroker.message()))).isFalse();
    assertThat(backlog.held()).isEqualTo(3);

    backlog.settled();
    assertThat(backlog.offer(new Pending(TestBroker.message()))).isTrue();
  }

  @Test
  void refusesEverythingWhenItIsOver() {
    backlog.offer(first);
    backlog.offer(second);
    backlog.offer(third);
    backlog.next(0);
    backlog.next(0);
    backlog.retryAt(first, 10);
    backlog.interrupted(List.of(second));

    backlog.refuseAll();

    assertThat(List.of(first, second, third))
        .allMatch(pending -> pending.outcome().isCompletedExceptionally());
    assertThat(backlog.held()).isZero();
  }
}
