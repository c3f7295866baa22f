package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkPlanTest {

  private static final Path DATA = Path.of("..", "data");

  @TempDir private Path folder;

  @Test
  void coversAllTheDataAndEveryKeyOnce() {
    try (var server = LocalServer.start("127.0.0.1", true, Map.of())) {
      var plan = WorkPlan.of(DemoData.in(DATA), server, new WebhookReceiver(), folder);

      var sizes =
          plan.all().stream()
              .collect(Collectors.groupingBy(WorkPlan.Piece::group, Collectors.counting()));
      assertThat(sizes)
          .containsOnly(
              Map.entry("image.thumbnail", 12L),
              Map.entry("csv.profile", 2L),
              Map.entry("http.request", 200L),
              Map.entry("http.request (batch)", 1000L));
      assertThat(plan.all()).extracting(WorkPlan.Piece::key).doesNotHaveDuplicates();
    }
  }

  @Test
  void expectsASecondAttemptOfEveryTenthRequest() {
    try (var server = LocalServer.start("127.0.0.1", true, Map.of())) {
      var plan = WorkPlan.of(DemoData.in(DATA), server, new WebhookReceiver(), folder);

      assertThat(plan.pieces()).filteredOn(piece -> piece.attempts() == 2).hasSize(20);
      assertThat(plan.batch()).allMatch(piece -> piece.attempts() == 1);
    }
  }

  @Test
  void needsTheData() {
    assertThatThrownBy(() -> DemoData.in(folder))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("rocket.jpg")
        .hasMessageContaining("--data");
  }
}
