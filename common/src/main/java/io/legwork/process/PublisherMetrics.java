package io.legwork.process;

import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.PublisherStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The state of the publisher as metrics. */
public final class PublisherMetrics {

  private PublisherMetrics() {}

  /** Serves what the publisher tells of itself, as long as there are the meters. */
  public static void bind(ConfirmedPublisher publisher, MeterRegistry meters) {
    gauge(
        publisher, meters, "buffered", "Messages not on their way yet", PublisherStatus::buffered);
    gauge(
        publisher,
        meters,
        "unconfirmed",
        "Messages sent that the broker has not answered for",
        PublisherStatus::unconfirmed);
    gauge(
        publisher,
        meters,
        "blocked",
        "Whether the broker has asked the publisher to wait",
        status -> status.blocked() ? 1 : 0);
    counter(publisher, meters, "confirmed", "Messages confirmed", PublisherStatus::confirmed);
    counter(publisher, meters, "nacked", "Messages refused", PublisherStatus::nacked);
    counter(publisher, meters, "returned", "Messages without a queue", PublisherStatus::returned);
    counter(publisher, meters, "republished", "Messages sent again", PublisherStatus::republished);
  }

  private static void gauge(
      ConfirmedPublisher publisher,
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<PublisherStatus> value) {
    Gauge.builder("legwork.publisher." + name, publisher, p -> value.applyAsDouble(p.status()))
        .description(description)
        .register(meters);
  }

  private static void counter(
      ConfirmedPublisher publisher,
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<PublisherStatus> value) {
    FunctionCounter.builder(
            "legwork.publisher." + name, publisher, p -> value.applyAsDouble(p.status()))
        .description(description)
        .register(meters);
  }
}
