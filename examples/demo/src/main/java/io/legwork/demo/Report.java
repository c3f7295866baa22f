package io.legwork.demo;

import io.legwork.demo.CommitMeter.Commits;
import io.legwork.demo.Verification.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Says how it went. */
final class Report {

  private static final int MOST_FAULTS = 20;

  private final Terminal terminal;
  private final Arguments arguments;

  Report(Terminal terminal, Arguments arguments) {
    this.terminal = terminal;
    this.arguments = arguments;
  }

  /**
   * Writes the report.
   *
   * @return whether everything ended as it should
   */
  boolean write(
      List<Verdict> verdicts,
      WebhookReceiver.Tally webhooks,
      Optional<Commits> commits,
      Duration elapsed) {
    terminal.line("");
    table(verdicts).lines().forEach(terminal::line);
    terminal.line(
        terminal.faint("Done: from due to run until done. Webhook: until it was here, verified."));
    terminal.line("");
    results(verdicts);
    terminal.line(
        "Webhooks    %,d received, %,d with a right signature, %,d duplicates"
            .formatted(webhooks.received(), webhooks.verified(), webhooks.duplicates()));
    commits(commits, verdicts);
    terminal.line("");
    var faulty = verdicts.stream().filter(verdict -> !verdict.faults().isEmpty()).toList();
    if (faulty.isEmpty() && webhooks.faults().isEmpty()) {
      success(verdicts, elapsed);
      return true;
    }
    failure(faulty, webhooks.faults(), verdicts.size());
    return false;
  }

  /** One row for each group of tasks, in order of appearance. */
  static Table table(List<Verdict> verdicts) {
    var groups = new LinkedHashMap<String, List<Verdict>>();
    for (var verdict : verdicts) {
      groups.computeIfAbsent(verdict.group(), _ -> new ArrayList<>()).add(verdict);
    }
    var table =
        new Table(
            "Type", "Tasks", "Attempts", "Done p50", "Done p95", "Webhook p50", "Webhook p95");
    groups.forEach((group, members) -> row(table, group, members));
    return table;
  }

  private static void row(Table table, String group, List<Verdict> members) {
    var done =
        new Percentiles(
            members.stream()
                .filter(member -> member.task().finishedAt() != null)
                .map(Verdict::toDone)
                .toList());
    var told =
        new Percentiles(
            members.stream().map(Verdict::toWebhook).flatMap(Optional::stream).toList());
    table.row(
        group,
        "%,d".formatted(members.size()),
        "%,d".formatted(members.stream().mapToInt(member -> member.task().attempts()).sum()),
        Percentiles.text(done.at(50)),
        Percentiles.text(done.at(95)),
        Percentiles.text(told.at(50)),
        Percentiles.text(told.at(95)));
  }

  private void results(List<Verdict> verdicts) {
    var lines = new LinkedHashMap<String, List<String>>();
    for (var verdict : verdicts) {
      if (!verdict.line().isEmpty()) {
        lines.computeIfAbsent(verdict.group(), _ -> new ArrayList<>()).add(verdict.line());
      }
    }
    lines
        .getOrDefault("csv.profile", List.of())
        .forEach(line -> terminal.line("CSV         " + line));
    var thumbnails = lines.getOrDefault("image.thumbnail", List.of()).size();
    terminal.line("Thumbnails  %d in %s".formatted(thumbnails, arguments.out()));
  }

  private void commits(Optional<Commits> commits, List<Verdict> verdicts) {
    if (commits.isEmpty()) {
      terminal.line(
          "Commits     not counted: time was up, or %s/actuator/prometheus does not tell"
              .formatted(arguments.management()));
      return;
    }
    var counted = commits.get();
    var batch =
        verdicts.stream().filter(verdict -> !verdict.submitted().piece().delay().isZero()).count();
    terminal.line(
        "Commits     %.2f per task from submission to webhook (%,d in %s, %,d of them idle)"
            .formatted(
                counted.perTask(verdicts.size()),
                counted.total(),
                Percentiles.text(counted.took()),
                counted.background()));
    terminal.line(
        "            %,d to accept a batch of %,d (in the database meanwhile: %,d, when idle: %,d)"
            .formatted(counted.writes(), batch, counted.accepting(), counted.idle()));
  }

  private void success(List<Verdict> verdicts, Duration elapsed) {
    terminal.line(
        terminal.good(
            "All %,d tasks ended as they should, in %s."
                .formatted(verdicts.size(), Percentiles.text(elapsed))));
    var example = verdicts.getFirst().task().id();
    terminal.line("");
    terminal.line(
        "Look at one   " + arguments.curl() + arguments.producer() + "/v1/tasks/" + example);
    terminal.line(
        "Watch events  " + arguments.curl() + "-N " + arguments.notifier() + "/v1/events");
    terminal.line("The API       " + arguments.producer() + "/openapi");
  }

  private void failure(List<Verdict> faulty, List<String> webhookFaults, int total) {
    terminal.line(
        terminal.bad(
            "%,d of %,d tasks did not end as they should.".formatted(faulty.size(), total)));
    for (var verdict : faulty.subList(0, Math.min(faulty.size(), MOST_FAULTS))) {
      terminal.line(
          "  %s  %s (%s): %s"
              .formatted(
                  verdict.task().id(),
                  verdict.group(),
                  verdict.submitted().piece().key(),
                  String.join("; ", verdict.faults())));
    }
    more(faulty.size());
    webhookFaults.stream().limit(MOST_FAULTS).forEach(fault -> terminal.line("  " + fault));
    more(webhookFaults.size());
    terminal.line("");
    var tasks = arguments.producer() + "/v1/tasks/<id>";
    terminal.line(
        "Where to look  " + arguments.curl() + tasks + "/attempts  (also /events, /deliveries)");
    terminal.line("               ./legwork status, ./legwork logs");
  }

  private void more(int faults) {
    if (faults > MOST_FAULTS) {
      terminal.line("  and %,d more".formatted(faults - MOST_FAULTS));
    }
  }
}
