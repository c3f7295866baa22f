package io.legwork.bench;

import io.legwork.bench.client.LoadResult;
import io.legwork.bench.system.ClientProcess.Seen;
import io.legwork.bench.system.ListenerProcess.Told;
import io.legwork.bench.system.Survey.Listed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tasks of one load.
 *
 * @param done the tasks that the client knows of and that have succeeded
 * @param startedMicros when the client began, in microseconds of the epoch
 * @param heardMicros when the last end was heard of; 0 if nobody listened
 * @param repeated tasks that took more than one attempt
 * @param problems what went wrong with tasks; empty if nothing did
 */
record Outcome(
    List<Listed> done, long startedMicros, long heardMicros, long repeated, List<String> problems) {

  private static final double MICROS = 1e6;
  private static final int DIGITS = 3;

  /** Compares what the client was told with what the API lists. */
  static Outcome of(Seen seen, Map<UUID, Listed> listed, boolean drained, @Nullable Told told) {
    var done = new ArrayList<Listed>(seen.ids().size());
    int missing = 0;
    int notDone = 0;
    for (UUID id : seen.ids()) {
      var task = listed.get(id);
      if (task == null) {
        missing++;
      } else if (task.hasSucceeded()) {
        done.add(task);
      } else {
        notDone++;
      }
    }
    int unasked = listed.size() + missing - seen.ids().size();
    var problems = problems(seen, drained, missing, notDone, unasked);
    if (told != null) {
      int unheard = (int) seen.ids().stream().filter(id -> !told.tasks().contains(id)).count();
      note(problems, unheard > 0, "the end of %d tasks was not heard of".formatted(unheard));
    }
    long repeated = done.stream().filter(task -> task.attempts() > 1).count();
    long heard = told == null ? 0 : told.heard().lastMicros();
    return new Outcome(done, seen.result().startedMicros(), heard, repeated, problems);
  }

  private static List<String> problems(
      Seen seen, boolean drained, int missing, int notDone, int unasked) {
    LoadResult result = seen.result();
    var problems = new ArrayList<String>();
    note(problems, !drained, "the tasks did not end in time");
    note(problems, missing > 0, missing + " accepted tasks are not listed");
    note(problems, notDone > 0, notDone + " accepted tasks did not succeed");
    note(
        problems,
        seen.ids().size() != result.accepted(),
        "%d tasks were accepted under %d ids".formatted(result.accepted(), seen.ids().size()));
    note(
        problems,
        unasked > result.unknown(),
        "%d tasks are listed that nobody was told of".formatted(unasked));
    note(
        problems,
        result.unknown() > 0,
        "%d tasks were not answered: %s".formatted(result.unknown(), result.firstProblem()));
    note(problems, seen.ids().isEmpty(), "no task was accepted");
    return problems;
  }

  private static void note(List<String> problems, boolean wrong, String problem) {
    if (wrong) {
      problems.add(problem);
    }
  }

  /** Tasks per second, from the first request until the last end, or until it was heard of. */
  double rate() {
    long last = done.stream().mapToLong(Listed::finishedMicros).max().orElse(startedMicros + 1);
    return done.size() * MICROS / (Math.max(last, heardMicros) - startedMicros);
  }

  /** How long tasks took from their acceptance to their end, in microseconds. */
  Histogram turnaround() {
    var histogram = new Histogram(DIGITS);
    done.forEach(
        task -> histogram.recordValue(Math.max(0, task.finishedMicros() - task.submittedMicros())));
    return histogram;
  }

  /** How many times fell into each second since the client began. */
  double[] perSecond(ToLongFunction<Listed> micros) {
    return perSecond(done, startedMicros, micros);
  }

  private static double[] perSecond(
      Collection<Listed> tasks, long start, ToLongFunction<Listed> micros) {
    var counts = new double[1];
    for (Listed task : tasks) {
      int second = (int) Math.max(0, (micros.applyAsLong(task) - start) / (long) MICROS);
      if (second >= counts.length) {
        counts = Arrays.copyOf(counts, second + 1);
      }
      counts[second]++;
    }
    return counts;
  }
}
