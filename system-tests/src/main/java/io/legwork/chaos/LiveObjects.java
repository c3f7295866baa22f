package io.legwork.chaos;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The objects that a process holds on to, in bytes by class. Unlike the use of a heap it is without
 * what was allocated since the last collection.
 */
record LiveObjects(Map<String, Long> bytes) {

  /** A line of a class histogram: rank, instances, bytes, class and perhaps its module. */
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  /** What the collector fills gaps with. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private static final int NAMED = 8;
  private static final double MEBIBYTE = 1 << 20;

  LiveObjects {
    bytes = Map.copyOf(bytes);
  }

  /** Reads what {@code jcmd GC.class_histogram} prints. */
  static LiveObjects parse(String histogram) {
    var bytes = new HashMap<String, Long>();
    histogram
        .lines()
        .map(LINE::matcher)
        .filter(line -> line.matches() && !line.group(2).contains(FILLER))
        .forEach(line -> bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum));
    return new LiveObjects(bytes);
  }

  double mebibytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum() / MEBIBYTE;
  }

  /** The classes that have grown most, to tell what is held on to. */
  String grownSince(LiveObjects before) {
    return bytes.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.of(entry.getKey())))
        .filter(growth -> growth.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(NAMED)
        .map(growth ->
            String.format(
                Locale.ROOT, "%s +%.1f MiB", growth.getKey(), growth.getValue() / MEBIBYTE))
        .collect(Collectors.joining(", "));
  }

  private long of(String type) {
    return bytes.getOrDefault(type, 0L);
  }
}
