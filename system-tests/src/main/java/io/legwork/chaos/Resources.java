package io.legwork.chaos;

import io.legwork.chaos.history.Ending.Resource;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.ServiceProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a process holds on to, read from outside while the system is at rest. */
final class Resources {

  /** The metrics that are compared, and how much of each may come and go. */
  private static final Map<String, Double> METRICS =
      Map.of(
          "jvm_threads_live_threads", 10.0,
          "process_files_open_files", 20.0,
          "hikaricp_connections", 2.0);

  private static final String HEAP = "live heap, MiB";

  /** Classes and compiled code that are first met while things break; caches that fill. */
  private static final double HEAP_ALLOWANCE = 8;

  private static final String HEAP_METRIC = "jvm_memory_used_bytes{area=\"heap\"";
  private static final double MEBIBYTE = 1 << 20;

  private static final double BROKER_ALLOWANCE = 2;

  private Resources() {}

  /** The present amounts, by name. */
  static Map<String, Double> of(Stack stack) {
    var amounts = new LinkedHashMap<String, Double>();
    for (ServiceProcess service : stack.services()) {
      service.collectGarbage();
      service
          .metrics()
          .lines()
          .forEach(line -> {
            if (METRICS.containsKey(name(line))) {
              amounts.merge(service.name() + " " + name(line), value(line), Double::sum);
            } else if (line.startsWith(HEAP_METRIC)) {
              amounts.merge(service.name() + " " + HEAP, value(line) / MEBIBYTE, Double::sum);
            }
          });
    }
    amounts.put("broker connections", (double) stack.servers().listed("list_connections"));
    amounts.put("broker channels", (double) stack.servers().listed("list_channels"));
    return amounts;
  }

  static List<Resource> compared(Map<String, Double> before, Map<String, Double> after) {
    var resources = new ArrayList<Resource>();
    before.forEach((name, amount) ->
        resources.add(new Resource(name, amount, after.getOrDefault(name, 0.0), allowance(name))));
    return resources;
  }

  private static double allowance(String name) {
    String amount = name.substring(name.indexOf(' ') + 1);
    return amount.equals(HEAP) ? HEAP_ALLOWANCE : METRICS.getOrDefault(amount, BROKER_ALLOWANCE);
  }

  private static String name(String line) {
    int end = line.indexOf('{') >= 0 ? line.indexOf('{') : line.indexOf(' ');
    return end < 0 ? line : line.substring(0, end);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
