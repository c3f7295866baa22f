package io.legwork.bench.system;

import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Series;
import io.legwork.bench.report.Series.Point;
import io.legwork.local.service.ServiceProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches what a system holds on to: memory, file descriptors, channels, open tasks. What is flat
 * has the same in the last quarter of the time as in the second, the first being for settling.
 */
public final class Holdings implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int QUARTERS = 4;

  private final Servers servers;
  private final Services services;
  private final long start = System.nanoTime();
  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private final Thread thread;

  private Holdings(Servers servers, Services services) {
    this.servers = servers;
    this.services = services;
    this.thread = Thread.ofPlatform().daemon().name("holdings").start(this::run);
  }

  /** Watches until it is closed. */
  public static Holdings watch(Servers servers, Services services) {
    return new Holdings(servers, services);
  }

  private void run() {
    try {
      while (true) {
        look();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be asked", e);
    }
  }

  private void look() throws SQLException {
    double seconds = (System.nanoTime() - start) / 1e9;
    for (ServiceProcess service : services.all()) {
      service
          .pid()
          .ifPresent(pid -> {
            long bytes = Proc.usage(pid).map(Proc.Usage::rssBytes).orElse(0L);
            add("resident memory, MB", service.name(), seconds, bytes / 1e6);
            add("open files", service.name(), seconds, (double) Proc.openFiles(pid));
          });
    }
    services
        .garbage()
        .forEach(
            (name, totals) -> add("heap after GC, MB", name, seconds, (double) totals.lastHeap()));
    add("broker channels", "all", seconds, (double) channels());
    add("open tasks", "all", seconds, (double) openTasks());
  }

  private long channels() {
    return servers
        .broker()
        .rabbitmqctl("list_channels", "--no-table-headers", "vhost")
        .lines()
        .filter(services.site().amqp().virtualHost()::equals)
        .count();
  }

  private long openTasks() throws SQLException {
    try (var connection = services.site().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from task")) {
      row.next();
      return row.getLong(1);
    }
  }

  private synchronized void add(String plot, String name, double seconds, double value) {
    points
        .computeIfAbsent(plot + "\n" + name, _ -> new ArrayList<>())
        .add(new Point(seconds, value));
  }

  /** A line for each. */
  public synchronized List<Series> series() {
    return points.entrySet().stream()
        .map(line -> {
          var names = line.getKey().split("\n", 2);
          return new Series(names[0], names[1], line.getValue());
        })
        .toList();
  }

  /** For each: the mean of the second quarter, and that of the last. */
  public synchronized List<Figure> figures() {
    var figures = new ArrayList<Figure>();
    points.forEach((key, line) -> {
      var name = key.replace("\n", ", ");
      figures.add(new Figure(name + ", 2nd quarter", mean(line, 1)));
      figures.add(new Figure(name + ", last quarter", mean(line, QUARTERS - 1)));
    });
    return figures;
  }

  static double mean(List<Point> line, int quarter) {
    int from = line.size() * quarter / QUARTERS;
    int to = Math.max(from + 1, line.size() * (quarter + 1) / QUARTERS);
    return line.subList(from, Math.min(to, line.size())).stream()
        .mapToDouble(Point::y)
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
