package io.legwork.producer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  private final TaskId task = new TaskId(UUID.fromString("018f2c3e-7b1a-7cc0-8000-00000000002a"));

  @Test
  void leadsBackToTheTask() {
    String cursor = Cursor.after(task, "filters");

    assertThat(cursor).matches("[A-Za-z0-9_-]{27}");
    assertThat(Cursor.read(cursor, "filters")).isEqualTo(task);
  }

  @Test
  void belongsToItsFilters() {
    expectRefusal(Cursor.after(task, "filters"), "others");
  }

  @Test
  void noticesEveryChangedCharacter() {
    String cursor = Cursor.after(task, "filters");
    for (int i = 0; i < cursor.length() - 1; i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';

      expectRefusal(cursor.substring(0, i) + other + cursor.substring(i + 1), "filters");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "====", "AAAAAAAAAAAAAAAAAAAAAAAAAAA", "ü", "' or 1=1--"})
  void refusesWhatIsNone(String text) {
    expectRefusal(text, "filters");
  }

  private static void expectRefusal(String cursor, String filters) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Cursor.read(cursor, filters))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_CURSOR));
  }
}
