package io.legwork.system;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Legwork's own metrics as services serve them: names, types, labels, and what they say of it. */
final class ServedMetrics {

  private static final Pattern SAMPLE =
      Pattern.compile("(legwork_\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  private final Map<String, Metric> byName = new TreeMap<>();

  /** Of one metric. */
  private static final class Metric {
    private String type = "";
    private String help = "";
    private final Set<String> labels = new TreeSet<>();
    private final Set<String> services = new TreeSet<>();
  }

  /**
   * Adds what a service serves.
   *
   * @param service its short name
   * @param text in the Prometheus format
   */
  void add(String service, String text) {
    Map<String, Metric> declared = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP legwork_")) {
        declared.computeIfAbsent(words[2], _ -> metric(words[2], service)).help =
            words.length > 3 ? words[3].strip() : "";
      } else if (line.startsWith("# TYPE legwork_")) {
        declared.computeIfAbsent(words[2], _ -> metric(words[2], service)).type = words[3];
      } else if (line.startsWith("legwork_")) {
        labels(line, declared);
      }
    }
  }

  private Metric metric(String name, String service) {
    Metric metric = byName.computeIfAbsent(name, _ -> new Metric());
    metric.services.add(service);
    return metric;
  }

  private static void labels(String line, Map<String, Metric> declared) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("not a sample: " + line);
    }
    String whole = line.split("[{ ]", 2)[0];
    Metric metric = declared.getOrDefault(whole, declared.get(sample.group(1)));
    if (metric == null) {
      throw new AssertionError("no type: " + line);
    }
    if (sample.group(2) != null) {
      LABEL
          .matcher(sample.group(2))
          .results()
          .map(label -> label.group(1))
          .filter(label -> !label.equals("le"))
          .forEach(metric.labels::add);
    }
  }

  /** A row of the reference for each; the largest values of timers are told with them. */
  String table() {
    return byName.entrySet().stream()
        .filter(metric -> !isLargestValue(metric.getKey()))
        .map(metric -> row(metric.getKey(), metric.getValue()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private boolean isLargestValue(String name) {
    return name.endsWith("_max")
        && byName.containsKey(name.substring(0, name.length() - "_max".length()));
  }

  private static String row(String name, Metric metric) {
    String labels =
        metric.labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(name, metric.type, labels, String.join(", ", metric.services), metric.help);
  }

  /** The names of those that say nothing of themselves. */
  Set<String> silent() {
    return byName.entrySet().stream()
        .filter(metric -> metric.getValue().help.isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All label names. */
  Set<String> labels() {
    return byName.values().stream()
        .flatMap(metric -> metric.labels.stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return Arrays.toString(byName.keySet().toArray());
  }
}
