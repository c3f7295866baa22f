package io.legwork.chaos;

import io.legwork.chaos.history.Ending.Resource;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.ServiceProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What processes hold on to, read from outside while the system is at rest.
 *
 * @param amounts by name
 * @param heaps the objects behind the amounts of heap, by the same names
 */
record Resources(Map<String, Double> amounts, Map<String, LiveObjects> heaps) {

  /** The metrics that are compared, and how much of each may come and go. */
  private static final Map<String, Double> METRICS =
      Map.of(
          "jvm_threads_live_threads", 10.0,
          "process_files_open_files", 20.0,
          "hikaricp_connections", 2.0);

  private static final String HEAP = "live heap, MiB";

  /** Classes and compiled code that are first met while things break; caches that fill. */
  private static final double HEAP_ALLOWANCE = 8;

  private static final double BROKER_ALLOWANCE = 2;

  /** The present amounts. */
  static Resources of(Stack stack) {
    var amounts = new LinkedHashMap<String, Double>();
    var heaps = new LinkedHashMap<String, LiveObjects>();
    for (ServiceProcess service : stack.services()) {
      var heap = LiveObjects.parse(service.liveObjects());
      heaps.put(service.name() + " " + HEAP, heap);
      amounts.put(service.name() + " " + HEAP, heap.mebibytes());
      service
          .metrics()
          .lines()
          .filter(line -> METRICS.containsKey(name(line)))
          .forEach(
              line -> amounts.merge(service.name() + " " + name(line), value(line), Double::sum));
    }
    amounts.put("broker connections", (double) stack.servers().listed("list_connections"));
    amounts.put("broker channels", (double) stack.servers().listed("list_channels"));
    return new Resources(amounts, heaps);
  }

  /** These amounts beside those of before. */
  List<Resource> comparedTo(Resources before) {
    var resources = new ArrayList<Resource>();
    before.amounts.forEach((name, amount) ->
        resources.add(
            new Resource(
                name,
                amount,
                amounts.getOrDefault(name, 0.0),
                allowance(name),
                grown(name, before))));
    return resources;
  }

  private String grown(String name, Resources before) {
    return heaps.containsKey(name)
        ? heaps.get(name).grownSince(before.heaps.getOrDefault(name, new LiveObjects(Map.of())))
        : "";
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
