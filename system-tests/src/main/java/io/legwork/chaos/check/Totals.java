package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run comes to, in the words that such checks have in common.
 *
 * @param calls how often something was submitted, repetitions included
 * @param accepted orders that somebody was told were accepted
 * @param refused orders that were never accepted
 * @param unknown orders nobody knows the outcome of
 * @param states how many tasks ended how
 * @param executions how often a handler began
 * @param duplicates how many of those repeated what had not failed
 * @param chargedUnstarted attempts that were counted although no handler began them
 * @param lost accepted, but not there in the end
 * @param duplicated there more than once
 * @param unexpected there or executed, but never accepted by anybody's account
 * @param unaccounted there, but not over
 */
public record Totals(
    long calls,
    long accepted,
    long refused,
    long unknown,
    Map<String, Long> states,
    long executions,
    long duplicates,
    long chargedUnstarted,
    List<String> lost,
    List<String> duplicated,
    List<String> unexpected,
    List<String> unaccounted) {

  static Totals of(Evidence evidence) {
    var fates = evidence.fates();
    return new Totals(
        evidence.invocations().size(),
        fates.stream().filter(Fate::isAccepted).count(),
        fates.stream().filter(Fate::isRefused).count(),
        fates.stream().filter(Fate::isUnknown).count(),
        new TreeMap<>(
            evidence.tasks().values().stream()
                .collect(Collectors.groupingBy(FinalTask::state, Collectors.counting()))),
        evidence.runs().values().stream().mapToLong(runs -> runs.starts().size()).sum(),
        evidence.runs().values().stream().mapToLong(Runs::duplicates).sum(),
        chargedUnstarted(evidence),
        fates.stream()
            .flatMap(fate -> fate.ids().stream())
            .filter(id -> !evidence.tasks().containsKey(id))
            .toList(),
        fates.stream()
            .map(Fate::token)
            .filter(token -> evidence.tasksOf(token).size() > 1)
            .toList(),
        unexpected(evidence),
        evidence.tasks().values().stream()
            .filter(task -> !task.isTerminal())
            .map(FinalTask::id)
            .toList());
  }

  private static long chargedUnstarted(Evidence evidence) {
    return evidence.tasks().values().stream()
        .mapToLong(task -> task.attempts() - evidence.runsOf(task.id()).attempts().size())
        .filter(missing -> missing > 0)
        .sum();
  }

  private static List<String> unexpected(Evidence evidence) {
    var listed =
        evidence.tasks().values().stream()
            .filter(task -> !evidence.wasOrdered(task.token()))
            .map(FinalTask::id);
    var executed =
        evidence.runs().keySet().stream().filter(id -> !evidence.tasks().containsKey(id));
    var refused =
        evidence.fates().stream()
            .filter(Fate::isRefused)
            .flatMap(fate -> evidence.tasksOf(fate.token()).stream())
            .map(FinalTask::id);
    return Stream.of(listed, executed, refused).flatMap(ids -> ids).distinct().toList();
  }
}
