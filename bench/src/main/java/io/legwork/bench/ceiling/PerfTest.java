package io.legwork.bench.ceiling;

import io.legwork.local.BrokerAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * RabbitMQ's own benchmark on one quorum queue: 256 byte messages, 2 publishers with confirms, 2
 * consumers with acknowledgements. Messages, no tasks.
 */
public final class PerfTest {

  private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: ([0-9]+)");

  private static final List<String> SHAPE =
      List.of(
          "--quorum-queue",
          "--queue",
          "ceiling",
          "--producers",
          "2",
          "--consumers",
          "2",
          "--confirm",
          "1000",
          "--qos",
          "250",
          "--multi-ack-every",
          "25",
          "--size",
          "256");

  private PerfTest() {}

  /**
   * Runs it as a process of its own; returns the messages received per second, on average.
   *
   * @param libraries the folder of its jars
   */
  public static double run(Path libraries, BrokerAccess broker, int seconds)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", libraries + "/*", "com.rabbitmq.perf.PerfTest"));
    command.addAll(SHAPE);
    command.addAll(List.of("--time", Integer.toString(seconds), "--uri", uri(broker)));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return rate(output);
  }

  static double rate(String output) {
    var rate = RECEIVED.matcher(output);
    if (!rate.find()) {
      throw new IllegalStateException("PerfTest did not say how much it received:\n" + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static String uri(BrokerAccess broker) {
    return "amqp://%s:%s@%s:%d/%s"
        .formatted(
            broker.username(),
            broker.password(),
            broker.host(),
            broker.port(),
            broker.virtualHost());
  }
}
