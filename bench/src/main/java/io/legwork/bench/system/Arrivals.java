package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** When the webhooks of which events arrived first, in microseconds of the epoch. */
public record Arrivals(Map<UUID, Long> micros) {

  private static final int ENTRY = 24;
  private static final int DIGITS = 3;

  /** Takes a copy. */
  public Arrivals {
    micros = Map.copyOf(micros);
  }

  /** Reads what a sink has written. */
  public static Arrivals read(Path file) throws IOException {
    var micros = new HashMap<UUID, Long>();
    long entries = Files.size(file) / ENTRY;
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (long i = 0; i < entries; i++) {
        var id = new UUID(in.readLong(), in.readLong());
        micros.put(id, in.readLong());
      }
    }
    return new Arrivals(micros);
  }

  /**
   * From the commit of each event to the arrival of its webhook, in microseconds.
   *
   * @param from the time from which events count, in microseconds of the epoch
   * @param to the time up to which they count
   */
  public Histogram between(Site site, long from, long to) throws SQLException {
    var latency = new Histogram(DIGITS);
    try (var connection = site.connect();
        var query =
            connection.prepareStatement(
                "select id, (extract(epoch from at) * 1000000)::bigint from committed_event")) {
      var rows = query.executeQuery();
      while (rows.next()) {
        Long arrival = micros.get(rows.getObject(1, UUID.class));
        long at = rows.getLong(2);
        if (arrival != null && at >= from && at < to) {
          latency.recordValue(Math.max(arrival - at, 0));
        }
      }
    }
    return latency;
  }
}
