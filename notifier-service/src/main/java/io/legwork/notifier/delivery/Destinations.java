package io.legwork.notifier.delivery;

import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Destination.Exchange;
import io.legwork.notifier.delivery.Destination.Mailbox;
import io.legwork.notifier.delivery.Destination.Nowhere;
import io.legwork.notifier.delivery.Destination.Webhook;
import io.legwork.notifier.subscription.SubscriptionBook;
import io.legwork.outbound.Signer;
import io.legwork.secrets.SecretCipher;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.Subscription.Keys;
import io.legwork.subscription.SubscriptionState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out where deliveries go. Thread-safe. */
final class Destinations {

  /** Before the id of the subscription whose owner is told. */
  static final String OWNER = "owner:";

  /** Before the id of the subscription that operators are told about. */
  static final String OPERATORS = "operators:";

  private final SubscriptionBook book;
  private final SecretCipher cipher;
  private final Signer ownSecret;
  private final InstantSource clock;

  /**
   * @param ownSecret signs for callbacks that have no secret
   */
  Destinations(SubscriptionBook book, SecretCipher cipher, Signer ownSecret, InstantSource clock) {
    this.book = book;
    this.cipher = cipher;
    this.ownSecret = ownSecret;
    this.clock = clock;
  }

  /** The subscription that a delivery is made for; empty for others and if it was deleted. */
  Optional<Subscription> subscription(LeasedDelivery delivery) {
    return delivery.isCallback() ? Optional.empty() : book.find(delivery.name());
  }

  Destination of(LeasedDelivery delivery) {
    try {
      if (delivery.isCallback()) {
        return callback(delivery);
      }
      if (delivery.name().startsWith(OWNER)) {
        return new Mailbox(delivery.target().url());
      }
      if (delivery.name().startsWith(OPERATORS)) {
        return new Exchange(delivery.target().url());
      }
      return subscription(delivery)
          .map(this::of)
          .orElseGet(() -> new Nowhere("the subscription is deleted"));
    } catch (SecretUnreadableException | IllegalArgumentException unusable) {
      return new Nowhere("it cannot be signed: " + unusable.getMessage());
    }
  }

  private Destination callback(LeasedDelivery delivery) {
    String sealed = delivery.target().secret();
    Signer signer =
        sealed == null
            ? ownSecret
            : Signer.parse(cipher.open(sealed, String.valueOf(delivery.task())));
    return new Webhook(delivery.target().url(), List.of(signer), Map.of());
  }

  private Destination of(Subscription subscription) {
    if (subscription.state() == SubscriptionState.DISABLED) {
      return new Nowhere("the subscription is disabled: " + subscription.reason());
    }
    String target = subscription.settings().target();
    return switch (subscription.settings().channel()) {
      case WEBHOOK ->
          new Webhook(target, signers(subscription.keys()), subscription.settings().headers());
      case EMAIL -> new Mailbox(target);
      case AMQP -> new Exchange(target);
    };
  }

  private List<Signer> signers(Keys keys) {
    if (keys.current() == null) {
      throw new IllegalArgumentException("its key cannot be opened");
    }
    List<Signer> signers = new ArrayList<>(List.of(Signer.parse(keys.current())));
    keys.formerAt(clock.instant()).map(Signer::parse).ifPresent(signers::add);
    return signers;
  }
}
