package io.legwork.bench;

import io.legwork.bench.ceiling.InsertCeiling;
import io.legwork.bench.ceiling.PerfTest;
import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Medians;
import io.legwork.bench.report.Ratio;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the broker and the database of this run do by themselves, and, where single POSTs
 * are measured, what HTTP does by itself.
 */
final class Ceilings implements AutoCloseable {

  static final String BROKER = "ceiling: PerfTest";
  static final String DATABASE = "ceiling: inserts";
  static final String HTTP = "ceiling: plain HTTP";

  private static final List<String> ALL = List.of(BROKER, DATABASE, HTTP);
  private static final int SECONDS = 10;

  private final Session session;
  private final @Nullable HttpTrial http;

  private Ceilings(Session session, @Nullable HttpTrial http) {
    this.session = session;
    this.http = http;
  }

  /** The ceilings of what is measured of these kinds. */
  static Ceilings of(Session session, List<LoadKind> kinds) {
    return new Ceilings(session, kinds.contains(LoadKind.SINGLE) ? HttpTrial.start(session) : null);
  }

  /** Readies what begins slowly, as long as Legwork is warmed up; it stays warm between rounds. */
  void warmUp(int seconds) throws IOException, InterruptedException {
    if (http != null) {
      http.warmUp(seconds);
      session.say("Plain HTTP is warmed up.");
    }
  }

  /** Measures each of them once. */
  void measure(int round) throws IOException, InterruptedException, SQLException {
    var site = session.servers().newSite();
    double load = Machine.load();
    var libraries = session.options().root().resolve("bench/perf-test/target/lib");
    add(BROKER, round, load, PerfTest.run(libraries, site.amqp(), SECONDS));
    load = Machine.load();
    add(DATABASE, round, load, InsertCeiling.run(site.sql(), SECONDS));
    session.servers().remove(site);
    if (http != null) {
      session.add(http.run(HTTP, round, SECONDS));
    }
  }

  private void add(String name, int round, double load, double rate) {
    var figure = new Figure(Ratio.RATE, rate);
    session.add(new Measurement(name, round, load, List.of(figure), List.of(), List.of()));
  }

  /** Legwork's rates in relation to the ceilings they can be held against. */
  static List<Ratio> ratios(List<Measurement> all) {
    var measured = Medians.names(all).stream().filter(name -> !ALL.contains(name)).toList();
    // A request with many tasks has no ceiling among requests with one.
    var single = measured.stream().filter(Throughput::isSingle).toList();
    var ratios = new ArrayList<Ratio>();
    ratios.addAll(Ratio.of(all, measured, List.of(BROKER, DATABASE), Ratio.RATE));
    ratios.addAll(Ratio.of(all, single, List.of(HTTP), Ratio.REQUESTS));
    return ratios;
  }

  @Override
  public void close() {
    if (http != null) {
      http.close();
    }
  }
}
