package io.legwork.demo;

import java.util.Optional;

/**
 * What Legwork counts about itself.
 *
 * @param commits how many transactions the ledger's database has committed
 * @param writes with how many writes, one commit each, submissions were accepted
 */
record Counters(long commits, long writes) {

  private static final String COMMITS = "legwork_database_commits";
  private static final String WRITES = "legwork_batch_size_count{batch=\"submission\"";

  /** The counters in a Prometheus exposition; empty if one is missing. */
  static Optional<Counters> in(String exposition) {
    return value(exposition, COMMITS)
        .flatMap(commits -> value(exposition, WRITES).map(writes -> new Counters(commits, writes)));
  }

  private static Optional<Long> value(String exposition, String series) {
    return exposition
        .lines()
        .filter(line -> line.startsWith(series))
        .filter(line -> " {,}".indexOf(line.charAt(series.length())) >= 0)
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .filter(value -> value.matches("[0-9.]+([eE][+-]?[0-9]+)?"))
        .map(value -> (long) Double.parseDouble(value))
        .findFirst();
  }
}
