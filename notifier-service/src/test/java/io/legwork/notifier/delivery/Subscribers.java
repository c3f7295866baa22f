package io.legwork.notifier.delivery;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.Subscriptions;
import io.legwork.notifier.TestNotifier;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.EventFilter;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import io.legwork.task.UuidV7;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subscribes to a notifier's events, as the API does. */
final class Subscribers {

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new SecureRandom());

  private final TestNotifier notifier;
  private final Subscriptions ledger;

  Subscribers(TestNotifier notifier) {
    this.notifier = notifier;
    this.ledger = new Subscriptions(notifier.dataSource(), TestNotifier.CIPHER);
  }

  Subscriptions ledger() {
    return ledger;
  }

  /** To a webhook, for the ends of tasks of a type. */
  Subscription webhook(Receiver receiver, String type) {
    return create(
        settings(Channel.WEBHOOK, receiver.callback(null).url().toString(), type),
        SigningKeys.symmetric(new SecureRandom()));
  }

  Subscription create(Settings settings, @Nullable SigningKeys keys) {
    return ledger.create(IDS.next(), "default", settings, keys).orElseThrow();
  }

  /** A task of the type that ends well, which is announced. */
  TaskEvent succeed(String type) {
    return succeed(type, null);
  }

  /** The same, in a trace. */
  TaskEvent succeed(String type, @Nullable String traceparent) {
    TaskEvent event =
        notifier.record(
            new AttemptOutcome.Succeeded(notifier.accept(type, null, traceparent), 1, null));
    notifier.announce(event);
    return event;
  }

  static Settings settings(Channel channel, String target, String type) {
    return settings(
        channel, target, type, BodyFormat.STANDARD, Signing.HMAC_SHA256, Limits.DEFAULT);
  }

  static Settings settings(
      Channel channel,
      String target,
      String type,
      BodyFormat format,
      Signing signing,
      Limits limits) {
    return new Settings(
        "test",
        new EventFilter(Set.of(), List.of(type), Set.of(), Set.of()),
        channel,
        target,
        format,
        signing,
        channel == Channel.WEBHOOK ? Map.of("X-Token", "hidden-token") : Map.of(),
        limits,
        Duration.ZERO,
        "owner@example.org");
  }
}
