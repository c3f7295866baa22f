package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsTheFirstColumnLeftAndTheOthersRight() {
    var table = new Table("Type", "Tasks", "p50");
    table.row("image.thumbnail", "12", "1,234 ms");
    table.row("csv.profile", "2", "9 ms");

    assertThat(table.lines())
        .containsExactly(
            "Type             Tasks       p50",
            "image.thumbnail     12  1,234 ms",
            "csv.profile          2      9 ms");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("Type", "Tasks").row("only one"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
