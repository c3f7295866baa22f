package io.legwork.demo;

import io.legwork.demo.WorkPlan.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Gives work to Legwork. */
final class Submission {

  private static final int AT_ONCE = 8;

  private final LegworkApi api;

  Submission(LegworkApi api) {
    this.api = api;
  }

  /**
   * A piece of work that Legwork has accepted.
   *
   * @param piece the work
   * @param id the task's id
   * @param dueNanos when it was sent or, if it was to wait, when the wait ended, by {@link
   *     System#nanoTime()}
   */
  record Submitted(Piece piece, String id, long dueNanos) {}

  /** Submits each piece with a request of its own, a few at a time. */
  List<Submitted> oneByOne(List<Piece> pieces) {
    return concurrently(AT_ONCE, pieces.stream().map(this::submission).toList());
  }

  /** Submits all pieces with one request. */
  List<Submitted> together(List<Piece> pieces) {
    long sent = System.nanoTime();
    var ids = api.submitBatch(pieces.stream().map(Piece::submission).toList());
    var submitted = new ArrayList<Submitted>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      var piece = pieces.get(i);
      submitted.add(new Submitted(piece, ids.get(i), sent + piece.delay().toNanos()));
    }
    return submitted;
  }

  private Callable<Submitted> submission(Piece piece) {
    return () -> {
      long sent = System.nanoTime();
      return new Submitted(piece, api.submit(piece.submission()), sent + piece.delay().toNanos());
    };
  }

  /** Makes these calls, so many at a time; returns what they returned, in order. */
  static <T> List<T> concurrently(int atOnce, List<? extends Callable<T>> calls) {
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      var results = new ArrayList<T>(calls.size());
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DemoException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
