package io.legwork.handler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Handler;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TestAttemptTest {

  record Book(int pages) {}

  /** Renders page after page. */
  static final class Render implements Handler<Book> {

    @Override
    public Outcome handle(Book book, TaskContext task) {
      if (book.pages() < 0) {
        throw new IllegalArgumentException("pages must not be negative");
      }
      int done = task.lastCheckpoint(Integer.class).orElse(0);
      while (done < book.pages() && !task.isCancelled()) {
        done++;
        task.checkpoint(done);
        task.progress(100 * done / book.pages(), "page " + done);
      }
      return Outcome.succeed(done + " by " + task.fencingToken());
    }
  }

  /** Waits for ever. */
  static final class Waits implements Handler<Book> {

    @Override
    public Outcome handle(Book book, TaskContext task) throws InterruptedException {
      new CountDownLatch(1).await();
      return Outcome.succeed();
    }
  }

  @Test
  void runsAHandlerInThreeLines() {
    var ended = TestAttempt.of(new Render()).number(2).resumingFrom(8).run(new Book(10));
    assertThat(ended.outcome()).isEqualTo(Outcome.succeed("10 by 2"));
    assertThat(ended.progress())
        .extracting(EndedAttempt.Progress::percent)
        .containsExactly(90, 100);
  }

  @Test
  void showsWhatTheNextAttemptFindsAfterACancellation() {
    EndedAttempt ended = TestAttempt.of(new Render()).cancelledAt(30).run(new Book(10));

    assertThat(ended.outcome()).isEqualTo(Outcome.fail("The attempt was revoked."));
    assertThat(ended.checkpoint(Integer.class)).contains(3);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interruptsAHandlerThatWaits() {
    TestAttempt attempt = TestAttempt.of(new Waits()).timeout(Duration.ofSeconds(3)).timedOut();

    assertThat(attempt.run(new Book(1)).outcome())
        .isEqualTo(Outcome.fail("The attempt did not end within its timeout of PT3S."));
  }

  @Test
  void takesThePayloadAndTheExceptionsAsAWorkerDoes() {
    assertThat(TestAttempt.of(new Render()).runJson("{\"pages\": \"ten\"}").outcome())
        .isEqualTo(Outcome.failPermanently("#/payload/pages: expected a number of the kind int"));
    assertThat(TestAttempt.of(new Render()).run(new Book(-1)).outcome())
        .isEqualTo(Outcome.failPermanently("pages must not be negative"));
  }

  @Test
  void measuresTheTimeByAClockThatIsSet() {
    Handler<Book> late =
        new Handler<>() {
          @Override
          public Outcome handle(Book book, TaskContext task) {
            return Outcome.succeed(task.remaining());
          }
        };
    TestAttempt attempt = TestAttempt.of(late).timeout(Duration.ofMinutes(1));

    assertThat(attempt.run(new Book(1)).outcome())
        .isEqualTo(Outcome.succeed(Duration.ofMinutes(1)));
    assertThat(attempt.clock().instant()).isEqualTo(TestAttempt.START);
  }
}
