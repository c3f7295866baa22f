package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.profile.Recording;
import io.legwork.bench.profile.Span;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Medians;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.report.Report;
import io.legwork.bench.system.Meter;
import io.legwork.bench.system.Servers;
import io.legwork.bench.system.Servers.Site;
import io.legwork.bench.system.Services;
import io.legwork.bench.system.Setup;
import io.legwork.local.service.Applications;
import io.legwork.local.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One run of the benchmark: its servers, and what it has found so far. */
final class Session {

  private static final int BATCH_CONNECTIONS = 4;
  private static final int SINGLE_CONNECTIONS = 64;

  /** How long one request may take before the next have to wait for a connection. */
  private static final double WAIT_SECONDS = 0.15;

  private static final int WAIT_FEWEST = 32;
  private static final int WAIT_MOST = 800;

  private final String command;
  private final Options options;
  private final Path folder;
  private final Applications applications;
  private final Servers servers;
  private final Instant started = Instant.now();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Span> loads = new ArrayList<>();

  Session(
      String command, Options options, Path folder, Applications applications, Servers servers) {
    this.command = command;
    this.options = options;
    this.folder = folder;
    this.applications = applications;
    this.servers = servers;
  }

  Options options() {
    return options;
  }

  Path folder() {
    return folder;
  }

  Servers servers() {
    return servers;
  }

  /** What was measured so far. */
  List<Measurement> measurements() {
    return measurements;
  }

  /** Keeps what was measured, and says it. */
  void add(Measurement measurement) {
    measurements.add(measurement);
    for (String unit : List.of(Ratio.RATE, Ratio.REQUESTS)) {
      measurement
          .value(unit)
          .ifPresent(rate ->
              say(
                  "%s, round %d: %,.0f %s"
                      .formatted(measurement.name(), measurement.round(), rate, unit)));
    }
    measurement.problems().forEach(problem -> say("VOID: " + problem));
  }

  /** Keeps a single measurement, and says its figures. */
  void tell(String name, double machine, List<Figure> figures, List<String> problems) {
    add(new Measurement(name, 1, machine, figures, List.of(), problems));
    figures.forEach(figure -> say("  %s: %.1f".formatted(figure.name(), figure.value())));
  }

  /** There was a load from then until now. */
  void loadedSince(Instant start) {
    loads.add(new Span(start, Instant.now()));
  }

  /** Adds a figure to every round of a kind, and says it. */
  void annotate(String name, Figure figure) {
    measurements.replaceAll(
        measurement -> measurement.name().equals(name) ? measurement.with(figure) : measurement);
    say("%s: %s %.2f".formatted(name, figure.name(), figure.value()));
  }

  /** Adds to what was measured how its medians compare to those of a base. */
  void relate(String name, String base, String... figures) {
    for (String figure : figures) {
      double now = Medians.of(measurements, name, figure).orElse(Double.NaN);
      double then = Medians.of(measurements, base, figure).orElse(Double.NaN);
      annotate(name, new Figure(figure + " / " + base, now / then));
    }
  }

  /** The services that the options ask for, running. */
  Services start(String name, boolean notifier) {
    return start(name, setup -> setup, notifier);
  }

  /** The same with some differences. */
  Services start(String name, UnaryOperator<Setup> differences, boolean notifier) {
    return start(name, servers.newSite(), differences, notifier);
  }

  /** The same with the rows and queues of others. */
  Services start(String name, Site site, UnaryOperator<Setup> differences, boolean notifier) {
    var setup =
        new Setup(
            folder.resolve(name),
            options.number("producers", 1),
            options.number("workers", 1),
            notifier,
            options.javaOptions(),
            options.settings(),
            _ -> List.of());
    var services = Services.start(applications, site, differences.apply(setup));
    say("The system is up; its logs are in " + folder.resolve(name) + ".");
    return services;
  }

  /**
   * Stops services in an orderly way, and tells where they spent their time if that was asked for.
   */
  void stop(Services services, String name) throws IOException, SQLException {
    services.stop();
    if (!options.isProfiled()) {
      return;
    }
    var statements = folder.resolve("profile-database.txt");
    Files.writeString(statements, servers.statements(services.site()));
    say("What the statements of the database cost: " + statements);
    for (ServiceProcess service : services.all()) {
      var recording = folder.resolve(name).resolve(service.name() + ".jfr");
      var summary = folder.resolve("profile-" + service.name() + ".txt");
      Files.writeString(summary, Recording.summary(recording, loads));
      say("Where " + service.name() + " spent its time: " + summary);
    }
  }

  /** From here on it is recorded where services spend their time, if that was asked for. */
  void profile(Services services, String name) throws SQLException {
    if (options.isProfiled()) {
      servers.resetStatements();
      for (ServiceProcess service : services.all()) {
        var file = folder.resolve(name).resolve(service.name() + ".jfr");
        service.pid().ifPresent(pid -> Recording.start(pid, file));
      }
    }
  }

  Meter meter(Services services) {
    return new Meter(servers, services);
  }

  /** A load of the kind, as the options ask for. */
  LoadSpec load(Services services, LoadKind kind, double rate, double seconds) {
    return load(services.producerPorts(), kind, rate, seconds);
  }

  /** The same on others who take submissions. */
  LoadSpec load(List<Integer> ports, LoadKind kind, double rate, double seconds) {
    return new LoadSpec(
        ports,
        kind,
        options.number("connections", connections(kind, rate)),
        options.number("batch", 500),
        "bench.noop",
        options.number("payload", 256),
        0,
        rate,
        seconds,
        0,
        true);
  }

  /** In an open loop there have to be as many as requests can be under way. */
  private static int connections(LoadKind kind, double rate) {
    return switch (kind) {
      case BATCH -> BATCH_CONNECTIONS;
      case SINGLE, READ, LIST, GUESS -> SINGLE_CONNECTIONS;
      case WAIT -> (int) Math.clamp(Math.ceil(rate * WAIT_SECONDS), WAIT_FEWEST, WAIT_MOST);
    };
  }

  Report report() {
    return new Report(
        command,
        started.toString(),
        Machine.here(),
        Map.copyOf(options.given()),
        measurements,
        Ceilings.ratios(measurements));
  }

  void say(String text) {
    System.out.printf(
        "%6.1f s  %s%n", Duration.between(started, Instant.now()).toMillis() / 1e3, text);
  }
}
