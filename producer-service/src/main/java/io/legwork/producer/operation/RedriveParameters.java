package io.legwork.producer.operation;

import io.legwork.access.Caller;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.query.ListParameters;
import io.legwork.task.TaskState;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which tasks to redrive: the parameters of the list, so that a list with the same ones shows
 * beforehand what it will be. The state must be named, and there are no cursors: a task that was
 * redriven does not match any more.
 */
final class RedriveParameters {

  private static final Set<TaskState> STATES =
      Set.of(TaskState.FAILED, TaskState.CANCELLED, TaskState.EXPIRED);

  private RedriveParameters() {}

  /**
   * Reads the parameters.
   *
   * @throws ProblemException naming what is wrong
   */
  static ListParameters read(Caller caller, Map<String, String[]> parameters) {
    ListParameters read = ListParameters.read(caller, parameters);
    if (parameters.containsKey("cursor")) {
      throw invalid("cursor", "is not a parameter here; ask again for as long as there is more");
    }
    TaskState state = read.filter().state();
    if (!isRedrivable(state)) {
      throw invalid("state", "must be one of FAILED, CANCELLED, EXPIRED");
    }
    return read;
  }

  private static boolean isRedrivable(@Nullable TaskState state) {
    return state != null && STATES.contains(state);
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(
        Problem.of(
            ProblemType.INVALID_PARAMETER, new FieldError(detail, Pointer.ROOT.child(name))));
  }
}
