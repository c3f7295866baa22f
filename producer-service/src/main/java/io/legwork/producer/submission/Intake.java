package io.legwork.producer.submission;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.ledger.Acceptance;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.Submission;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.Callback;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands submissions over to be accepted, and waits for the answers. Thread-safe. */
final class Intake {

  private final BacklogLimit backlog;
  private final Batcher<Submission, Acceptance> batcher;
  private final boolean keepsSecrets;
  private final SubmissionProperties properties;

  /**
   * @param keepsSecrets whether there is a key to seal the secrets of callbacks with
   */
  Intake(
      BacklogLimit backlog,
      Batcher<Submission, Acceptance> batcher,
      boolean keepsSecrets,
      SubmissionProperties properties) {
    this.backlog = backlog;
    this.batcher = batcher;
    this.keepsSecrets = keepsSecrets;
    this.properties = properties;
  }

  /**
   * Accepts one submission.
   *
   * @throws BatcherFullException if there is no room for it; nothing was written
   * @throws LedgerException if it was not written, or nobody knows
   * @throws ProblemException if the ledger takes too long, or the backlog is full, or if a secret
   *     cannot be stored
   */
  Acceptance accept(Submission submission) {
    return result(await(List.of(submission), properties.patience()).getFirst());
  }

  /**
   * Accepts submissions in one commit, and in several only if a row of theirs is at fault.
   *
   * @return one completed answer for each, in order; those that failed did so by their own fault
   * @throws BatcherFullException if there is no room for them; nothing was written
   * @throws LedgerException if they were not written, or nobody knows
   * @throws ProblemException if the ledger takes too long, or the backlog is full, or if a secret
   *     cannot be stored
   */
  List<CompletableFuture<Acceptance>> acceptAll(List<Submission> submissions) {
    if (submissions.isEmpty()) {
      return List.of();
    }
    List<CompletableFuture<Acceptance>> answers = await(submissions, properties.batchPatience());
    for (CompletableFuture<Acceptance> answer : answers) {
      boolean common =
          answer.isCompletedExceptionally()
              && !(answer.exceptionNow() instanceof LedgerException failure
                  && LedgerException.blamesOneRow(failure));
      if (common) {
        result(answer);
      }
    }
    return answers;
  }

  private List<CompletableFuture<Acceptance>> await(
      List<Submission> submissions, Duration patience) {
    backlog.requireRoom();
    requireNoSecretsWithoutKey(submissions);
    List<CompletableFuture<Acceptance>> answers = batcher.submitAll(submissions);
    if (!awaitAll(answers, patience)) {
      throw new ProblemException(
          ProblemType.LEDGER_UNAVAILABLE, "the database did not answer in time");
    }
    return answers;
  }

  private void requireNoSecretsWithoutKey(List<Submission> submissions) {
    if (!keepsSecrets && submissions.stream().anyMatch(Intake::hasSecret)) {
      throw new ProblemException(
          ProblemType.SECRETS_UNAVAILABLE,
          "the callback has a secret, and there is no key to seal it with");
    }
  }

  private static boolean hasSecret(Submission submission) {
    Callback callback = submission.task().callback();
    return callback != null && callback.secret() != null;
  }

  /** Whether all are complete in time, by success or failure; no time is left if writing stands. */
  private boolean awaitAll(List<CompletableFuture<Acceptance>> answers, Duration patience) {
    var all = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    long deadline = System.nanoTime() + patience.toNanos();
    long before = batcher.writes();
    boolean inTime = isCompleteWithin(properties.patience(), all);
    while (!inTime && before != batcher.writes() && System.nanoTime() - deadline < 0) {
      before = batcher.writes();
      inTime = isCompleteWithin(properties.patience(), all);
    }
    return inTime;
  }

  private static boolean isCompleteWithin(Duration patience, CompletableFuture<Void> all) {
    try {
      all.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException failed) {
      return true;
    } catch (TimeoutException slow) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Acceptance result(CompletableFuture<Acceptance> answer) {
    try {
      return answer.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
