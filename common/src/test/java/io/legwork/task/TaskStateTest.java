package io.legwork.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {

  private static final Path DIAGRAM = Path.of("../docs/state-machine.md");
  private static final Pattern ARROW =
      Pattern.compile("^ +([A-Z]+) --> ([A-Z]+): ", Pattern.MULTILINE);

  @Test
  void movesAreThoseOfTheDiagram() throws IOException {
    assertThat(movesInCode()).isEqualTo(movesInDiagram());
  }

  @ParameterizedTest
  @EnumSource
  void isReadBackFromItsCode(TaskState state) {
    assertThat(TaskState.ofCode(state.code())).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void leavesATerminalStateOnlyToTheQueue(TaskState state) {
    if (state.isTerminal()) {
      for (TaskState next : TaskState.values()) {
        assertThat(state.canBecome(next))
            .isEqualTo(next == TaskState.QUEUED && state != TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void refusesACodeThatNoStateHas() {
    assertThatThrownBy(() -> TaskState.ofCode(4)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<String> movesInCode() {
    Set<String> moves = new TreeSet<>();
    for (TaskState state : TaskState.values()) {
      for (TaskState next : TaskState.values()) {
        if (state.canBecome(next)) {
          moves.add(state + " -> " + next);
        }
      }
    }
    return moves;
  }

  private static Set<String> movesInDiagram() throws IOException {
    Set<String> moves = new TreeSet<>();
    Matcher arrows = ARROW.matcher(Files.readString(DIAGRAM));
    while (arrows.find()) {
      moves.add(arrows.group(1) + " -> " + arrows.group(2));
    }
    return moves;
  }
}
