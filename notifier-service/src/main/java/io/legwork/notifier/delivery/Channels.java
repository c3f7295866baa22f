package io.legwork.notifier.delivery;

import io.legwork.ledger.LeasedDelivery;
import io.legwork.messaging.ExchangePublisher;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Taken;
import io.legwork.notifier.delivery.Answer.Unanswered;
import io.legwork.notifier.delivery.Destination.Exchange;
import io.legwork.notifier.delivery.Destination.Mailbox;
import io.legwork.notifier.delivery.Destination.Nowhere;
import io.legwork.notifier.delivery.Destination.Webhook;
import io.legwork.notifier.mail.Mails;
import io.legwork.notifier.mail.Mails.Told;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.task.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends deliveries on the channel of their destination. Thread-safe. */
final class Channels {

  private static final String CONTENT_TYPE = "content-type";

  /** What the names of attributes of CloudEvents begin with over HTTP. */
  private static final String ATTRIBUTE = "ce-";

  private final WebhookClient webhooks;
  private final Mails mails;
  private final ExchangePublisher exchanges;
  private final ContentCipher contents;

  Channels(
      WebhookClient webhooks, Mails mails, ExchangePublisher exchanges, ContentCipher contents) {
    this.webhooks = webhooks;
    this.mails = mails;
    this.exchanges = exchanges;
    this.contents = contents;
  }

  /** The name of the channel in metrics. */
  static String name(Destination destination) {
    return switch (destination) {
      case Webhook _ -> "webhook";
      case Mailbox _ -> "email";
      case Exchange _ -> "amqp";
      case Nowhere _ -> "none";
    };
  }

  /**
   * Sends and waits for the answer.
   *
   * @param deliveries several to the same mailbox, otherwise one
   */
  Sent send(List<LeasedDelivery> deliveries, Destination destination) throws InterruptedException {
    try {
      return sendOpened(deliveries, destination);
    } catch (SecretUnreadableException unreadable) {
      return new Sent(null, new Impossible("what it tells: " + unreadable.getMessage()));
    }
  }

  private Sent sendOpened(List<LeasedDelivery> deliveries, Destination destination)
      throws InterruptedException {
    LeasedDelivery first = deliveries.getFirst();
    return switch (destination) {
      case Webhook webhook -> webhooks.send(first, body(first), webhook);
      case Mailbox(String address) -> mail(deliveries, address);
      case Exchange(String name) -> publish(first, name);
      case Nowhere(String reason) -> new Sent(null, new Impossible(reason));
    };
  }

  private Json body(LeasedDelivery delivery) {
    return contents.open(Part.NOTIFICATION, delivery.id(), delivery.body());
  }

  private Sent mail(List<LeasedDelivery> deliveries, String address) {
    List<Told> told =
        deliveries.stream().map(it -> new Told(it.event(), it.type(), body(it))).toList();
    String wrong = mails.send(address, told);
    return new Sent(
        "to: %s, %d events".formatted(address, told.size()),
        wrong == null ? new Taken() : new Unanswered(wrong));
  }

  private Sent publish(LeasedDelivery delivery, String exchange) {
    Map<String, String> headers = new HashMap<>();
    delivery
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith(ATTRIBUTE)) {
            headers.put("cloudEvents_" + name.substring(ATTRIBUTE.length()), value);
          } else if (!name.equals(CONTENT_TYPE)) {
            headers.put(name, value);
          }
        });
    String wrong =
        exchanges.publish(
            exchange, delivery.type(), delivery.event().toString(), headers, body(delivery));
    return new Sent(
        "exchange: %s, routing key: %s".formatted(exchange, delivery.type()),
        wrong == null ? new Taken() : new Unanswered(wrong));
  }
}
