package io.legwork.bench.system;

import io.legwork.local.service.ServiceProcess;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what the processes of one system have cost so far. Thread-safe. */
public final class Meter {

  /** The servers, among the services. */
  static final String BROKER = "broker";

  static final String DATABASE = "database";

  private final Servers servers;
  private final Services services;

  /** A meter of these services and their servers. */
  public Meter(Servers servers, Services services) {
    this.servers = servers;
    this.services = services;
  }

  /** What the servers and the garbage collectors have done so far. */
  public record Reading(
      DatabaseCounters database, BrokerCounters broker, Map<String, GcTotals> garbage) {

    /** What happened between an earlier reading and this one. */
    public Reading since(Reading earlier) {
      var collected = new HashMap<String, GcTotals>();
      garbage.forEach((name, totals) -> {
        var before = earlier.garbage.get(name);
        collected.put(name, before == null ? totals : totals.since(before));
      });
      return new Reading(database.since(earlier.database), broker.since(earlier.broker), collected);
    }
  }

  /** It takes a second or two, and some of the broker's time, so it is read when nothing runs. */
  public Reading read() throws SQLException {
    return new Reading(
        DatabaseCounters.read(services.site()),
        BrokerCounters.read(servers.broker(), services.site().amqp().virtualHost()),
        services.garbage());
  }

  /**
   * The processor time by process, which is read quickly; all producers count as one, all workers
   * too.
   */
  public Map<String, Long> cpuMicros() {
    var micros = new LinkedHashMap<String, Long>();
    for (ServiceProcess service : services.all()) {
      long own =
          service.pid().stream()
              .flatMap(pid -> Proc.usage(pid).stream().mapToLong(Proc.Usage::cpuMicros))
              .sum();
      micros.merge(kind(service), own, Long::sum);
    }
    micros.put(BROKER, Proc.familyMicros(servers.brokerPid()));
    micros.put(DATABASE, Proc.familyMicros(servers.databasePid()));
    return micros;
  }

  /** The processor time between two readings. */
  public static Map<String, Long> since(Map<String, Long> now, Map<String, Long> earlier) {
    var used = new LinkedHashMap<String, Long>();
    now.forEach((name, micros) -> used.put(name, micros - earlier.getOrDefault(name, 0L)));
    return used;
  }

  private static String kind(ServiceProcess service) {
    return service.name().replaceFirst("-[0-9]+$", "");
  }
}
