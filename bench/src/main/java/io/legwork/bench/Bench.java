package io.legwork.bench;

import io.legwork.bench.report.Report;
import io.legwork.bench.report.Table;
import io.legwork.bench.system.Servers;
import io.legwork.local.service.Applications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The command line. */
public final class Bench {

  private static final int GOOD = 0;
  private static final int VOID = 1;
  private static final int MISUSED = 2;

  private Bench() {}

  /** Exits with 0 if every figure counts, 1 if one is void, and 2 if the options are not known. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    System.exit(run(List.of(arguments)));
  }

  static int run(List<String> arguments) throws IOException, InterruptedException, SQLException {
    boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("--");
    var command = named ? arguments.getFirst() : "throughput";
    try {
      var scenario = Scenario.of(command);
      var options = Options.of(named ? arguments.subList(1, arguments.size()) : arguments);
      return run(command, scenario, options);
    } catch (IllegalArgumentException misused) {
      System.err.println("legwork: " + misused.getMessage() + "\n" + Options.USAGE);
      return MISUSED;
    }
  }

  private static int run(String command, Scenario scenario, Options options)
      throws IOException, InterruptedException, SQLException {
    var folder = newFolder(options, command);
    try (var applications = Applications.of(options.root())) {
      var servers = Servers.start(options.isProfiled());
      var session = new Session(command, options, folder, applications, servers);
      scenario.run(session);
      var report = session.report();
      report.write(folder);
      tell(report, folder);
      return report.isValid() ? GOOD : VOID;
    }
  }

  private static void tell(Report report, Path folder) {
    System.out.println(Table.of(report));
    System.out.println("The page with the plots is " + folder.resolve("report.html"));
    if (!report.isValid()) {
      System.out.println("Some figures are VOID: see above.");
    }
  }

  private static Path newFolder(Options options, String command) throws IOException {
    var time =
        LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Files.createDirectories(options.out().resolve(time + "-" + command)).toAbsolutePath();
  }
}
