package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.States;
import io.legwork.chaos.history.TaskHistory;
import io.legwork.chaos.history.TaskHistory.Attempt;
import io.legwork.chaos.history.TaskHistory.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Invariant 10: the past of a task is one it could have had. */
final class LegalMoves implements Invariant {

  @Override
  public String name() {
    return "legal moves";
  }

  @Override
  public String sentence() {
    return "The history of a task is a path of the state machine, its attempts are counted "
        + "without a gap, its times do not decrease.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.pasts().values().stream()
        .flatMap(past ->
            faults(past, evidence.tasks().get(past.task()))
                .map(fault -> new Violation(past.task(), fault)));
  }

  private static Stream<String> faults(TaskHistory past, @Nullable FinalTask task) {
    var faults = new ArrayList<String>();
    var attempts = past.attempts();
    if (!isCounted(attempts.stream().map(Attempt::number).toList())) {
      faults.add("its attempts are " + attempts.stream().map(Attempt::number).toList());
    }
    if (task != null && task.attempts() != attempts.size()) {
      faults.add("has %d attempts and tells of %d".formatted(task.attempts(), attempts.size()));
    }
    if (!isCounted(past.events().stream().map(Event::sequence).toList())) {
      faults.add("its events are " + past.events().stream().map(Event::sequence).toList());
    }
    if (!isOrdered(past.events().stream().map(Event::at).toList())
        || !isOrdered(attempts.stream().map(Attempt::startedAt).toList())) {
      faults.add("its times decrease");
    }
    if (attempts.stream().limit(Math.max(0, attempts.size() - 1)).anyMatch(LegalMoves::isFinal)) {
      faults.add("an attempt follows one that succeeded");
    }
    if (!endsOnce(past.events(), task)) {
      faults.add("its events do not end once, and last, with its state");
    }
    return faults.stream();
  }

  private static boolean isFinal(Attempt attempt) {
    return attempt.state().equals("SUCCEEDED");
  }

  private static boolean endsOnce(List<Event> events, @Nullable FinalTask task) {
    if (task == null || !task.isTerminal()) {
      return true;
    }
    var ends = events.stream().filter(event -> States.endsTask(event.kind())).toList();
    return ends.size() == 1
        && events.getLast().equals(ends.getFirst())
        && States.announcedBy(ends.getFirst().kind()).equals(task.state());
  }

  private static boolean isCounted(List<Integer> numbers) {
    return numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  private static boolean isOrdered(List<Long> times) {
    return times.equals(times.stream().sorted().toList());
  }
}
