package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryView;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.notifier.delivery.Receiver.Request;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubscriptionIT {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static TestNotifier notifier;
  private static Subscribers subscribers;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.webhooks.schedule=200ms,200ms",
            "legwork.webhooks.timeout=2s",
            "legwork.webhooks.poll-interval=100ms",
            "legwork.events.patience=2s");
    subscribers = new Subscribers(notifier);
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void deliversWhatPassesTheFilter() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "filtered.*");
    TaskEvent other = subscribers.succeed("else.where");
    TaskEvent event = subscribers.succeed("filtered.one");

    Request request = receiver.next();

    new Webhook(subscription.keys().current()).verify(request.body(), request.headers());
    assertThat(request.header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(request.header("x-token")).isEqualTo("hidden-token");
    DeliveryView delivery = settled(notifier, event.task());
    assertThat(delivery.name()).isEqualTo(subscription.id().toString());
    assertThat(delivery.attempts().getFirst().request())
        .contains("POST http", "webhook-id: " + event.id(), "x-token: …")
        .doesNotContain("hidden-token");
    assertThat(delivery.attempts().getFirst().responseHead()).startsWith("204\n");
    assertThat(notifier.deliveries(other.task())).isEmpty();
  }

  @Test
  void deliversEventsWhoseMessagesWereLostButNoneFromBeforeItsTime() throws Exception {
    TaskEvent early = recordUnannounced("lost");
    Subscription subscription = subscribers.webhook(receiver, "lost");
    TaskEvent later = recordUnannounced("lost");

    Request request = receiver.next();

    assertThat(request.header("webhook-id")).isEqualTo(later.id().toString());
    assertThat(settled(notifier, later.task()).name()).isEqualTo(subscription.id().toString());
    assertThat(notifier.deliveries(early.task())).isEmpty();
  }

  private static TaskEvent recordUnannounced(String type) {
    return notifier.record(new AttemptOutcome.Succeeded(notifier.accept(type, null), 1, null));
  }

  @Test
  void signsWithBothSecretsAfterARotation() throws Exception {
    Subscription before = subscribers.webhook(receiver, "rotated");
    SigningKeys fresh = SigningKeys.symmetric(RANDOM);
    subscribers.ledger().rotate(before.id(), "default", fresh, Duration.ofHours(1));
    subscribers.succeed("rotated");

    Request request = receiver.next();

    assertThat(request.header("webhook-signature")).matches("v1,\\S+ v1,\\S+");
    new Webhook(before.keys().current()).verify(request.body(), request.headers());
    new Webhook(fresh.signing()).verify(request.body(), request.headers());
  }

  @Test
  void signsWithAPrivateKey() throws Exception {
    SigningKeys keys = SigningKeys.asymmetric(RANDOM);
    subscribers.create(
        webhook("asymmetric", BodyFormat.STANDARD, Signing.ED25519, Limits.DEFAULT), keys);
    subscribers.succeed("asymmetric");

    Request request = receiver.next();

    String signature = request.header("webhook-signature");
    assertThat(signature).startsWith("v1a,");
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] key =
        Base64.getDecoder()
            .decode(Objects.requireNonNull(keys.verifying()).substring("whpk_".length()));
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(
        (request.header("webhook-id")
                + "."
                + request.header("webhook-timestamp")
                + "."
                + request.body())
            .getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length()))))
        .isTrue();
  }

  @Test
  void sendsCloudEventsToThoseWhoWantThem() throws Exception {
    subscribers.create(
        webhook("cloud", BodyFormat.CLOUDEVENTS_BINARY, Signing.HMAC_SHA256, Limits.DEFAULT),
        SigningKeys.symmetric(RANDOM));
    receiver.replying(Reply.of(500));
    TaskEvent event = subscribers.succeed("cloud", TRACE);

    Request first = receiver.next();
    Request second = receiver.next();

    assertThat(first.header("ce-id")).isEqualTo(event.id().toString());
    assertThat(first.header("ce-type")).isEqualTo("io.legwork.task.succeeded.v1");
    assertThat(first.header("content-type")).isEqualTo("application/json");
    assertThat(second.body()).isEqualTo(first.body()).startsWith("{\"id\":\"" + event.task());
    assertThat(second.header("ce-time")).isEqualTo(first.header("ce-time"));
    for (Request request : List.of(first, second)) {
      assertThat(request.header("ce-traceparent")).isEqualTo(TRACE);
      assertThat(request.header("traceparent")).isEqualTo(TRACE);
    }
  }

  @Test
  void keepsBackWhatIsForAPausedSubscription() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "paused");
    Subscription other = subscribers.webhook(receiver, "paused.not");
    subscribers.ledger().pause(subscription.id(), "default");
    TaskEvent event = subscribers.succeed("paused");
    TaskEvent later = subscribers.succeed("paused.not");
    assertThat(receiver.next().header("webhook-id")).isEqualTo(later.id().toString());
    settled(notifier, later.task());
    eventually()
        .untilAsserted(() ->
            assertThat(notifier.deliveries(event.task()))
                .extracting(DeliveryView::state)
                .containsExactly(DeliveryState.PENDING));

    subscribers.ledger().resume(subscription.id(), "default");

    assertThat(receiver.next().header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(other.id()).isNotEqualTo(subscription.id());
  }

  @Test
  void disablesWhatHasOnlyFailedForTooLong() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "broken");
    receiver.replying(Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500));
    subscribers.succeed("broken");
    eventually()
        .until(() ->
            subscribers.ledger().find(subscription.id(), "default").orElseThrow().failingSince()
                != null);
    notifier.execute(
        """
        update subscription set failing_since = now() - interval '6 days',
               version = nextval('subscription_versions') where id = '%s'
        """
            .formatted(subscription.id()));
    receiver.replying(Reply.of(500), Reply.of(500), Reply.of(500));
    subscribers.succeed("broken");

    eventually()
        .untilAsserted(() ->
            assertThat(
                    subscribers.ledger().find(subscription.id(), "default").orElseThrow().state())
                .isEqualTo(SubscriptionState.DISABLED));
  }

  @Test
  void forgetsFailuresAfterASuccess() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "flaky");
    receiver.replying(Reply.of(500));

    settled(notifier, subscribers.succeed("flaky").task());

    eventually()
        .until(() ->
            subscribers.ledger().find(subscription.id(), "default").orElseThrow().failingSince()
                == null);
  }

  private Settings webhook(String type, BodyFormat format, Signing signing, Limits limits) {
    return Subscribers.settings(
        Channel.WEBHOOK, receiver.callback(null).url().toString(), type, format, signing, limits);
  }
}
