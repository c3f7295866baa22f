package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.demo.CommitMeter.Commits;
import io.legwork.demo.Submission.Submitted;
import io.legwork.demo.Verification.Verdict;
import io.legwork.demo.WebhookReceiver.Arrival;
import io.legwork.demo.WebhookReceiver.Tally;
import io.legwork.demo.WorkPlan.Piece;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Instant SUBMITTED = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration ELAPSED = Duration.ofSeconds(12);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Report report =
      new Report(
          new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), false, false),
          Arguments.parse(List.of()));

  @Test
  void hasARowForEachGroupWithTimesFromWhenTheTasksWereDue() {
    var table =
        Report.table(
            List.of(
                verdict("http.request", "a", 1, Duration.ZERO, 20),
                verdict("http.request", "b", 2, Duration.ZERO, 240),
                verdict("http.request (batch)", "c", 1, Duration.ofSeconds(5), 5030)));

    assertThat(table.lines())
        .containsExactly(
            "Type                  Tasks  Attempts  Done p50  Done p95  Webhook p50  Webhook p95",
            "http.request              2         3     20 ms    240 ms        25 ms       245 ms",
            "http.request (batch)      1         1     30 ms     30 ms        35 ms        35 ms");
  }

  @Test
  void saysThatAllIsWell() {
    var verdicts = List.of(verdict("http.request", "a", 1, Duration.ZERO, 20));

    var fine =
        report.write(
            verdicts,
            new Tally(2, 2, 1, List.of()),
            Optional.of(new Commits(5, Duration.ofSeconds(3), 2, 1, 1)),
            ELAPSED);

    assertThat(fine).isTrue();
    assertThat(text())
        .contains("2 received, 2 with a right signature, 1 duplicates")
        .contains("3.00 per task from submission to webhook (5 in 3,000 ms, 2 of them idle)")
        .contains("All 1 tasks ended as they should, in 12.0 s.")
        .contains(
            "curl -s -H \"Authorization: Bearer $LEGWORK_API_KEY\" http://127.0.0.1:8080/v1/tasks/a");
  }

  @Test
  void namesWhatDidNotEndAsItShould() {
    var wrong =
        new Verdict(
            verdict("http.request", "a", 1, Duration.ZERO, 20).submitted(),
            task("a", 1, 20),
            Optional.empty(),
            "",
            List.of("took 1 attempts, not 2", "its webhook did not arrive"));

    var fine =
        report.write(List.of(wrong), new Tally(0, 0, 0, List.of()), Optional.empty(), ELAPSED);

    assertThat(fine).isFalse();
    assertThat(text())
        .contains("1 of 1 tasks did not end as they should.")
        .contains("a  http.request (a): took 1 attempts, not 2; its webhook did not arrive")
        .contains("Where to look");
  }

  @Test
  void failsForAWrongSignatureEvenIfEveryTaskIsFine() {
    var verdicts = List.of(verdict("http.request", "a", 1, Duration.ZERO, 20));
    var tally = new Tally(2, 1, 0, List.of("the webhook for a was refused: No matching signature"));

    assertThat(report.write(verdicts, tally, Optional.empty(), ELAPSED)).isFalse();
    assertThat(text()).contains("the webhook for a was refused");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private static Verdict verdict(
      String group, String id, int attempts, Duration delay, long doneMillis) {
    var piece = new Piece(group, id, attempts, delay, Map.of(), ResultCheck.answered200());
    long due = 1_000;
    long toldMillis = doneMillis - delay.toMillis() + 5;
    var arrival = new Arrival("msg-" + id, "task.succeeded", id, due + toldMillis * 1_000_000);
    return new Verdict(
        new Submitted(piece, id, due),
        task(id, attempts, doneMillis),
        Optional.of(arrival),
        "",
        List.of());
  }

  private static Task task(String id, int attempts, long doneMillis) {
    return new Task(
        id,
        "http.request",
        "SUCCEEDED",
        attempts,
        SUBMITTED,
        SUBMITTED.plusMillis(doneMillis),
        null,
        null);
  }
}
