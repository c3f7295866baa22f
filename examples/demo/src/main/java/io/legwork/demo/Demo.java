package io.legwork.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.legwork.demo.CommitMeter.Commits;
import io.legwork.demo.Submission.Submitted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs real work through Legwork and checks what comes of it. */
public final class Demo {

  private final Terminal terminal;
  private final Arguments arguments;
  private final long startNanos = System.nanoTime();

  private Demo(Terminal terminal, Arguments arguments) {
    this.terminal = terminal;
    this.arguments = arguments;
  }

  /** Exits 0 if every task ended as it should, 1 if not, 2 if the command line is wrong. */
  public static void main(String[] line) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(List.of(line), Terminal.standard(System.out, System.getenv())));
  }

  static int run(List<String> line, Terminal terminal) {
    if (line.contains("--help") || line.contains("-h")) {
      terminal.line(Arguments.HELP.stripTrailing());
      return 0;
    }
    try {
      return new Demo(terminal, Arguments.parse(line)).run() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      terminal.line(e.getMessage() + "; --help lists the options");
      return 2;
    } catch (DemoException e) {
      terminal.line(terminal.bad(e.getMessage()));
      return 1;
    }
  }

  private boolean run() {
    var receiver = new WebhookReceiver();
    var data = DemoData.in(arguments.data());
    createFolder(arguments.out());
    Map<String, HttpHandler> handlers =
        Map.of(
            WorkPlan.FILES,
            new FileServer(data.files()),
            WorkPlan.REQUESTS,
            new FlakyEndpoint(),
            WorkPlan.STEADY,
            Demo::steady,
            WorkPlan.WEBHOOKS,
            receiver);
    try (var api =
            new LegworkApi(
                arguments.producer(),
                arguments.management(),
                arguments.notifier(),
                arguments.key());
        var server = LocalServer.start(arguments.advertise(), arguments.local(), handlers)) {
      api.requirePresence();
      var plan = WorkPlan.of(data, server, receiver, arguments.out());
      return run(api, plan, receiver, server);
    }
  }

  private boolean run(LegworkApi api, WorkPlan plan, WebhookReceiver receiver, LocalServer server) {
    terminal.line(terminal.bold("Legwork demo") + "  tasks to " + arguments.producer());
    terminal.line("Files, endpoint and webhook receiver are at " + server.url());
    var meter = new CommitMeter(api::counters);
    terminal.status("Measuring the idle system ...");
    meter.start();
    var work = submit(new Submission(api), plan, meter);
    var progress = new Progress(terminal, receiver, work.size(), startNanos);
    Optional<Commits> commits = Optional.empty();
    if (progress.await(arguments.deadline())) {
      terminal.line("");
      terminal.status("Counting commits ...");
      commits = meter.finish();
    } else {
      terminal.line(
          "Not done after %s: %,d webhooks are missing"
              .formatted(Percentiles.text(arguments.deadline()), work.size() - receiver.arrived()));
    }
    terminal.status("Looking up every task ...");
    var verdicts = new Verification(api, receiver).judge(work);
    var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    if (api.repeated() > 0) {
      terminal.line(
          "%,d requests were sent again: Legwork could not answer them for a while"
              .formatted(api.repeated()));
    }
    return new Report(terminal, arguments).write(verdicts, receiver.tally(), commits, elapsed);
  }

  /** Submits the batch first, which waits, so that only its acceptance is going on for a while. */
  private List<Submitted> submit(Submission submission, WorkPlan plan, CommitMeter meter) {
    terminal.status("Submitting a batch of %,d ...".formatted(plan.batch().size()));
    var batch = submission.together(plan.batch());
    meter.accepted();
    var single = submission.oneByOne(plan.pieces());
    terminal.line(
        "Submitted %,d tasks one by one, and a batch of %,d that starts %d s after it was sent"
            .formatted(single.size(), batch.size(), WorkPlan.BATCH_DELAY.toSeconds()));
    var work = new ArrayList<>(single);
    work.addAll(batch);
    return work;
  }

  private static void steady(HttpExchange exchange) throws IOException {
    LocalServer.answer(
        exchange, 200, "application/json", "{\"ok\":true}".getBytes(StandardCharsets.UTF_8));
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DemoException("The folder " + folder + " cannot be created: " + e.getMessage(), e);
    }
  }
}
