package io.legwork.chaos;

import io.legwork.chaos.check.Checker;
import io.legwork.chaos.history.History;
import io.legwork.chaos.stack.Servers;
import io.legwork.local.TestInfra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The command line. */
public final class Chaos {

  private static final int GREEN = 0;
  private static final int RED = 1;
  private static final int MISUSED = 2;

  private Chaos() {}

  /** Exits with 0 if every invariant held, 1 if one did not, and 2 if the options are not known. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException {
    try {
      return run(Options.of(arguments));
    } catch (IllegalArgumentException misused) {
      System.err.println("legwork: " + misused.getMessage() + "\n" + Options.USAGE);
      return MISUSED;
    }
  }

  private static int run(Options options) throws IOException {
    var folder = newFolder(options);
    System.out.printf(
        Locale.ROOT,
        "chaos: %.1f minutes of faults at %.0f tasks/s, seed %d; histories in %s%n",
        options.time().toMillis() / 60_000.0,
        options.rate(),
        options.seed(),
        folder);
    try (var history = new History(folder)) {
      new Run(options, history).perform(dedicatedServers());
      var judgement = Checker.judge(history);
      System.out.println(Report.of(judgement, history));
      return judgement.isGreen() ? GREEN : RED;
    }
  }

  /** They end with this JVM. */
  private static Servers dedicatedServers() {
    var broker = TestInfra.dedicatedBroker();
    var database = TestInfra.dedicatedDatabase();
    return new Servers(broker, database, broker.access(), database.access());
  }

  private static Path newFolder(Options options) throws IOException {
    var time =
        LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Files.createDirectories(options.out().resolve(time + "-" + options.seed()))
        .toAbsolutePath();
  }
}
