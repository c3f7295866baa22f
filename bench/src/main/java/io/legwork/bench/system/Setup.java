package io.legwork.bench.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Which services to start, and how.
 *
 * @param logs the folder for their logs, and for their garbage collectors' logs
 * @param notifier whether there is a notifier
 * @param options for the JVM of every service
 * @param settings environment variables for every service
 * @param workerPrefix what stands before the command of the worker with this number, from 0
 */
public record Setup(
    Path logs,
    int producers,
    int workers,
    boolean notifier,
    List<String> options,
    Map<String, String> settings,
    IntFunction<List<String>> workerPrefix) {

  /** Takes copies. */
  public Setup {
    options = List.copyOf(options);
    settings = Map.copyOf(settings);
  }

  /** The same with other environment variables. */
  public Setup with(Map<String, String> others) {
    return new Setup(logs, producers, workers, notifier, options, others, workerPrefix);
  }

  /** The same with one more environment variable, or another value of it. */
  public Setup withSetting(String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return with(more);
  }

  /** The same with one more option for the JVMs, which has the last word. */
  public Setup withOption(String option) {
    var more = Stream.concat(options.stream(), Stream.of(option)).toList();
    return new Setup(logs, producers, workers, notifier, more, settings, workerPrefix);
  }

  /** The same with other services, which may be none of a kind. */
  public Setup withCounts(int producerCount, int workerCount) {
    return new Setup(logs, producerCount, workerCount, notifier, options, settings, workerPrefix);
  }

  /** The same with so many workers. */
  public Setup withWorkers(int count, IntFunction<List<String>> prefix) {
    return new Setup(logs, producers, count, notifier, options, settings, prefix);
  }
}
