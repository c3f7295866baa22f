package io.legwork.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void writesTheMembersOfRfc9457AndTheCode() {
    var problem =
        Problem.of(
            ProblemType.INVALID_TASK, new FieldError("is missing", Pointer.ROOT.child("type")));

    assertThat(problem.members())
        .containsExactly(
            Map.entry("type", "urn:legwork:problem:invalid-task"),
            Map.entry("code", "invalid-task"),
            Map.entry("title", "The task is not valid"),
            Map.entry("status", 422),
            Map.entry("detail", "#/type: is missing"),
            Map.entry("errors", List.of(Map.of("detail", "is missing", "pointer", "#/type"))));
  }

  @Test
  void leavesErrorsOutWhenThereAreNone() {
    assertThat(Problem.of(ProblemType.OVERLOADED, "full").members()).doesNotContainKey("errors");
  }

  @Test
  void tellsTwentyErrorsOfMany() {
    var error = new FieldError("is wrong", Pointer.ROOT);

    var problem = Problem.of(ProblemType.INVALID_TASK, Collections.nCopies(500, error));

    assertThat(problem.errors()).hasSize(20);
    assertThat(problem.detail()).endsWith("(and 499 more)");
  }

  @Test
  void codesAreDistinctAndTheirStatusIsAnError() {
    assertThat(ProblemType.values())
        .extracting(ProblemType::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    assertThat(ProblemType.values()).allMatch(type -> type.status() >= 400 && type.status() < 600);
  }

  @Test
  void everyUnavailabilitySaysWhenToComeBack() {
    assertThat(Arrays.stream(ProblemType.values()).filter(type -> type.status() == 503))
        .allMatch(type -> type.retryAfter().isPresent());
  }
}
