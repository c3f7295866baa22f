package io.legwork.notifier.delivery;

import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Taken;
import io.legwork.notifier.delivery.Answer.Unanswered;
import io.legwork.notifier.delivery.DeliveryAttempts.Made;
import io.legwork.notifier.delivery.Destination.Exchange;
import io.legwork.notifier.delivery.Destination.Mailbox;
import io.legwork.notifier.delivery.Destination.Nowhere;
import io.legwork.notifier.delivery.Destination.Webhook;
import io.legwork.tracing.FinishedSpan;
import io.legwork.tracing.SpanAttributes;
import io.legwork.tracing.TraceContext;
import io.legwork.tracing.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of attempts to deliver, where the task belongs to a trace that is recorded. The parent of
 * each, and what it links to, is the span in which the task was created. Of a URL it tells the host
 * only: paths and queries hold secrets. Thread-safe.
 */
final class DeliverySpans {

  private final Tracing tracing;

  DeliverySpans(Tracing tracing) {
    this.tracing = tracing;
  }

  /**
   * Before an attempt: the deliveries as they are sent, each with the span of this attempt as its
   * {@code traceparent}, so that what the receiver does becomes part of it.
   */
  List<LeasedDelivery> begin(List<LeasedDelivery> deliveries) {
    return tracing.isOn() ? deliveries.stream().map(this::begin).toList() : deliveries;
  }

  private LeasedDelivery begin(LeasedDelivery delivery) {
    String trace = delivery.traceparent();
    return trace != null && tracing.follows(trace)
        ? delivery.inTrace(tracing.within(trace).traceparent())
        : delivery;
  }

  /**
   * After it.
   *
   * @param sent what {@link #begin} has made of the deliveries
   */
  void end(Made made, List<LeasedDelivery> sent, Destination destination) {
    if (!tracing.isOn()) {
      return;
    }
    for (int i = 0; i < sent.size(); i++) {
      LeasedDelivery delivery = made.deliveries().get(i);
      String creation = delivery.traceparent();
      String own = sent.get(i).traceparent();
      if (creation != null && own != null && tracing.follows(creation)) {
        tracing.record(
            span(delivery, TraceContext.of(creation), TraceContext.of(own), made, destination));
      }
    }
  }

  private static FinishedSpan span(
      LeasedDelivery delivery,
      TraceContext creation,
      TraceContext own,
      Made made,
      Destination destination) {
    return new FinishedSpan(
        own,
        creation,
        List.of(creation),
        destination instanceof Exchange ? SpanKind.PRODUCER : SpanKind.CLIENT,
        "deliver " + made.channel(),
        made.at(),
        made.at().plus(made.duration()),
        attributes(delivery, made.sent().answer(), destination),
        !Verdict.isSuccess(made.sent().answer()));
  }

  private static Attributes attributes(
      LeasedDelivery delivery, Answer answer, Destination destination) {
    AttributesBuilder attributes =
        base(delivery, destination)
            .put("legwork.event.id", delivery.event().toString())
            .put("legwork.event.type", delivery.type())
            .put("legwork.delivery.id", delivery.id().toString())
            .put("legwork.delivery.target", delivery.name())
            .put("legwork.delivery.attempt", delivery.attempts() + 1);
    if (delivery.task() != null) {
      attributes.put("legwork.task.id", delivery.task().toString());
    }
    if (answer instanceof Answered answered) {
      attributes.put("http.response.status_code", answered.status());
    }
    String error = Verdict.isSuccess(answer) ? null : error(answer);
    return (error == null ? attributes : attributes.put(SpanAttributes.ERROR_TYPE, error)).build();
  }

  private static AttributesBuilder base(LeasedDelivery delivery, Destination destination) {
    return switch (destination) {
      case Webhook webhook -> http(delivery, webhook.url());
      case Exchange(String name) ->
          SpanAttributes.messaging("send", name, delivery.type())
              .put("messaging.message.id", delivery.event().toString());
      case Mailbox _, Nowhere _ -> Attributes.builder();
    };
  }

  private static AttributesBuilder http(LeasedDelivery delivery, String url) {
    AttributesBuilder attributes = Attributes.builder().put("http.request.method", "POST");
    if (delivery.attempts() > 0) {
      attributes.put("http.request.resend_count", delivery.attempts());
    }
    try {
      URI target = URI.create(url);
      if (target.getHost() != null) {
        attributes.put("url.scheme", target.getScheme()).put("server.address", target.getHost());
        attributes.put("server.port", port(target));
      }
    } catch (IllegalArgumentException noUrl) {
      // The attempt says so.
    }
    return attributes;
  }

  private static int port(URI target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    return "https".equals(target.getScheme()) ? 443 : 80;
  }

  /** What receivers say is not told. */
  private static @Nullable String error(Answer answer) {
    return switch (answer) {
      case Answered answered -> Integer.toString(answered.status());
      case Unanswered _ -> "unanswered";
      case Impossible _ -> "impossible";
      case Taken _ -> null;
    };
  }
}
