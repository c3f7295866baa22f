package io.legwork.bench;

import io.legwork.bench.ceiling.InsertCeiling;
import io.legwork.bench.ceiling.PerfTest;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Ratio;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Measures what the broker and the database of this run do by themselves. */
final class Ceilings {

  static final String BROKER = "ceiling: PerfTest";
  static final String DATABASE = "ceiling: inserts";
  static final List<String> ALL = List.of(BROKER, DATABASE);

  private Ceilings() {}

  static void measure(Session session, int round, int seconds)
      throws IOException, InterruptedException, SQLException {
    var site = session.servers().newSite();
    double load = Machine.load();
    var libraries = session.options().root().resolve("bench/perf-test/target/lib");
    add(session, BROKER, round, load, PerfTest.run(libraries, site.amqp(), seconds));
    load = Machine.load();
    add(session, DATABASE, round, load, InsertCeiling.run(site.sql(), seconds));
    session.servers().remove(site);
  }

  private static void add(Session session, String name, int round, double load, double rate) {
    var figure = new Figure(Ratio.RATE, rate);
    session.add(new Measurement(name, round, load, List.of(figure), List.of(), List.of()));
  }
}
