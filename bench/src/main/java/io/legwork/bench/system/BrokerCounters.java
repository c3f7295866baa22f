package io.legwork.bench.system;

import io.legwork.local.Broker;
import java.util.Arrays;

/**
 * What the broker has done so far.
 *
 * @param bytes received and sent over the connections of one virtual host that are open now
 * @param logBatches batches that its write-ahead log has written, each with one fsync
 */
public record BrokerCounters(long bytes, long logBatches) {

  private static final String BATCHES =
      "maps:get(batches, maps:get(ra_log_wal, ra_counters:overview(), #{}), 0).";

  static BrokerCounters read(Broker broker, String virtualHost) {
    long bytes =
        broker
            .rabbitmqctl("list_connections", "--no-table-headers", "vhost", "recv_oct", "send_oct")
            .lines()
            .map(line -> line.split("\t", -1))
            .filter(columns -> columns.length == 3 && columns[0].equals(virtualHost))
            .flatMap(columns -> Arrays.stream(columns).skip(1))
            .mapToLong(Long::parseLong)
            .sum();
    return new BrokerCounters(bytes, Long.parseLong(broker.rabbitmqctl("eval", BATCHES).strip()));
  }

  BrokerCounters since(BrokerCounters earlier) {
    return new BrokerCounters(bytes - earlier.bytes, logBatches - earlier.logBatches);
  }
}
