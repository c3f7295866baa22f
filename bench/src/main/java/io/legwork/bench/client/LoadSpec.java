package io.legwork.bench.client;

import java.util.List;

/**
 * What a client is to do.
 *
 * @param ports where the producers take requests; connections are spread over them
 * @param connections how many requests can be under way at the same time
 * @param batch how many tasks one request of the kind {@link LoadKind#BATCH} carries
 * @param type the task type
 * @param payloadBytes the size of each task's payload as JSON
 * @param sleepMillis how long the handler of each task sleeps, if it is one that does
 * @param rate tasks per second at intended times, whatever the answers do; 0 sends the next request
 *     when the last was answered
 * @param seconds when it stops sending
 * @param most how many tasks it sends at most; 0 for no limit
 * @param patient whether it waits as long as a 503 tells it to
 */
public record LoadSpec(
    List<Integer> ports,
    LoadKind kind,
    int connections,
    int batch,
    String type,
    int payloadBytes,
    int sleepMillis,
    double rate,
    double seconds,
    long most,
    boolean patient) {

  /** Takes a copy. */
  public LoadSpec {
    ports = List.copyOf(ports);
  }

  /** The same from a client that sends on, whatever it is told, over so many connections. */
  public LoadSpec impatient(int count) {
    return new LoadSpec(
        ports, kind, count, batch, type, payloadBytes, sleepMillis, rate, seconds, most, false);
  }

  /** The same over so many connections. */
  public LoadSpec over(int count) {
    return new LoadSpec(
        ports, kind, count, batch, type, payloadBytes, sleepMillis, rate, seconds, most, patient);
  }

  /** The same, ending after so many tasks. */
  public LoadSpec atMost(long tasks) {
    return new LoadSpec(
        ports,
        kind,
        connections,
        batch,
        type,
        payloadBytes,
        sleepMillis,
        rate,
        seconds,
        tasks,
        patient);
  }

  /** So many tasks that sleep. */
  public LoadSpec sleeping(int millis, long tasks) {
    return new LoadSpec(
        ports,
        kind,
        connections,
        batch,
        "bench.sleep",
        payloadBytes,
        millis,
        rate,
        seconds,
        tasks,
        patient);
  }

  /** How many tasks one request carries. */
  int tasksPerRequest() {
    return kind == LoadKind.BATCH ? batch : 1;
  }

  /** How many requests are sent at most. */
  long mostRequests() {
    return most == 0 ? Long.MAX_VALUE : Math.ceilDiv(most, tasksPerRequest());
  }
}
