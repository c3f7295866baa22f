package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.standardwebhooks.Webhook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryView;
import io.legwork.local.BrokerAccess;
import io.legwork.messaging.Topology;
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
import jakarta.mail.internet.MimeMessage;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubscriptionIT {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final GreenMail MAILS = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private static TestNotifier notifier;
  private static Subscribers subscribers;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    MAILS.start();
    notifier =
        new TestNotifier(
            "legwork.webhooks.schedule=200ms,200ms",
            "legwork.webhooks.timeout=2s",
            "legwork.webhooks.poll-interval=100ms",
            "legwork.events.patience=2s",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + MAILS.getSmtp().getPort());
    subscribers = new Subscribers(notifier);
  }

  @AfterAll
  static void stop() {
    notifier.close();
    MAILS.stop();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void deliversWhatPassesTheFilter() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "filtered.*");
    TaskEvent other = succeed("else.where");
    TaskEvent event = succeed("filtered.one");

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
    succeed("rotated");

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
    succeed("asymmetric");

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
    TaskEvent event = succeed("cloud");

    Request first = receiver.next();
    Request second = receiver.next();

    assertThat(first.header("ce-id")).isEqualTo(event.id().toString());
    assertThat(first.header("ce-type")).isEqualTo("io.legwork.task.succeeded.v1");
    assertThat(first.header("content-type")).isEqualTo("application/json");
    assertThat(second.body()).isEqualTo(first.body()).startsWith("{\"id\":\"" + event.task());
    assertThat(second.header("ce-time")).isEqualTo(first.header("ce-time"));
  }

  @Test
  void keepsBackWhatIsForAPausedSubscription() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "paused");
    Subscription other = subscribers.webhook(receiver, "paused.not");
    subscribers.ledger().pause(subscription.id(), "default");
    TaskEvent event = succeed("paused");
    TaskEvent later = succeed("paused.not");
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
  void disablesWhoeverAnswers410AndTellsTheOwner() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "gone");
    receiver.replying(Reply.of(410));
    succeed("gone");
    receiver.next();

    eventually()
        .untilAsserted(() ->
            assertThat(subscribers.ledger().find(subscription.id(), "default"))
                .hasValueSatisfying(it -> {
                  assertThat(it.state()).isEqualTo(SubscriptionState.DISABLED);
                  assertThat(it.reason()).contains("410");
                }));
    eventually()
        .untilAsserted(() ->
            assertThat(mailsTo("owner@example.org"))
                .filteredOn(it -> whole(it).contains(subscription.id().toString()))
                .extracting(MimeMessage::getSubject)
                .containsExactly("[Legwork] subscription.disabled: test"));
    TaskEvent unwanted = succeed("gone");
    settled(notifier, notifier.succeed(receiver.callback(null), null).task());
    assertThat(notifier.deliveries(unwanted.task())).isEmpty();
  }

  @Test
  void tellsOperatorsOfASubscriptionThatIsDisabled() throws Exception {
    try (var connection = broker().newConnection();
        var channel = connection.createChannel()) {
      channel.queueDeclare("operators", false, false, true, Map.of());
      channel.queueBind("operators", Topology.EXCHANGE_EVENTS, "subscription.#");
      Subscription subscription = subscribers.webhook(receiver, "forsaken");
      receiver.replying(Reply.of(410));
      succeed("forsaken");

      AtomicReference<GetResponse> told = new AtomicReference<>();
      eventually()
          .until(() -> {
            GetResponse message = channel.basicGet("operators", true);
            boolean wanted =
                message != null
                    && new String(message.getBody(), StandardCharsets.UTF_8)
                        .contains(subscription.id().toString());
            told.set(message);
            return wanted;
          });

      AsyncApi.expectConforming(
          "subscriptionHeaders", "subscription", Objects.requireNonNull(told.get()));
      assertThat(told.get().getEnvelope().getRoutingKey()).isEqualTo("subscription.disabled");
      assertThat(new String(told.get().getBody(), StandardCharsets.UTF_8))
          .contains("410")
          .doesNotContain("?");
    }
  }

  @Test
  void disablesWhatHasOnlyFailedForTooLong() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "broken");
    receiver.replying(Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500));
    succeed("broken");
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
    succeed("broken");

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

    settled(notifier, succeed("flaky").task());

    eventually()
        .until(() ->
            subscribers.ledger().find(subscription.id(), "default").orElseThrow().failingSince()
                == null);
  }

  @Test
  void mailsWhatHappened() throws Exception {
    subscribers.create(Subscribers.settings(Channel.EMAIL, "reader@example.org", "mailed"), null);
    TaskEvent event =
        notifier.record(
            new AttemptOutcome.Failed(
                notifier.accept("mailed", null), 1, "<b>no such file</b>", true));
    notifier.announce(event);

    assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(mailsTo("reader@example.org")).hasSize(1);
    MimeMessage mail = mailsTo("reader@example.org").getFirst();
    assertThat(mail.getSubject()).isEqualTo("[Legwork] task.failed: mailed");
    assertThat(mail.getHeader("X-Legwork-Event")).containsExactly(event.id().toString());
    assertThat(whole(mail))
        .contains("error: <b>no such file</b>", "&lt;b&gt;no such file&lt;/b&gt;")
        .contains("/v1/tasks/" + event.task());
  }

  @Test
  void sendsOneMailForManyEvents() throws Exception {
    Subscription paused =
        subscribers.create(
            Subscribers.settings(Channel.EMAIL, "digest@example.org", "digested"), null);
    subscribers.ledger().pause(paused.id(), "default");
    TaskEvent first = succeed("digested");
    TaskEvent second = succeed("digested");
    eventually()
        .until(() ->
            notifier.query(
                    "select count(*) from delivery_due where endpoint = '%s'"
                        .formatted(paused.id()))
                == 2);

    subscribers.ledger().resume(paused.id(), "default");

    settled(notifier, first.task());
    settled(notifier, second.task());
    assertThat(mailsTo("digest@example.org"))
        .extracting(MimeMessage::getSubject)
        .containsExactly("[Legwork] 2 events");
  }

  @Test
  void triesAgainWhenTheMailServerIsAway() {
    try (TestNotifier mute =
        new TestNotifier("legwork.webhooks.schedule=1h", "legwork.webhooks.poll-interval=100ms")) {
      new Subscribers(mute)
          .create(Subscribers.settings(Channel.EMAIL, "reader@example.org", "*"), null);
      TaskEvent event = mute.succeed(null, null);

      eventually()
          .untilAsserted(() ->
              assertThat(mute.deliveries(event.task()))
                  .singleElement()
                  .satisfies(it -> {
                    assertThat(it.state()).isEqualTo(DeliveryState.PENDING);
                    assertThat(it.attempts())
                        .extracting(attempt -> attempt.error())
                        .containsExactly("there is no mail server: set spring.mail.host");
                  }));
    }
  }

  @Test
  void publishesToAnExchange() throws Exception {
    subscribers.create(
        Subscribers.settings(
            Channel.AMQP,
            "team.events",
            "amqp",
            BodyFormat.CLOUDEVENTS_BINARY,
            Signing.HMAC_SHA256,
            Limits.DEFAULT),
        null);
    try (var connection = broker().newConnection();
        var channel = connection.createChannel()) {
      TaskEvent before = succeed("amqp");
      eventually()
          .untilAsserted(() ->
              assertThat(notifier.deliveries(before.task()).getFirst().attempts())
                  .first()
                  .satisfies(
                      it -> assertThat(it.error()).isEqualTo("there is no exchange of this name")));
      channel.exchangeDeclare("team.events", "topic");
      channel.queueDeclare("team.queue", false, false, true, Map.of());
      channel.queueBind("team.queue", "team.events", "task.*");

      TaskEvent event = succeed("amqp");

      assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
      var message = channel.basicGet("team.queue", true);
      while (message != null && !event.id().toString().equals(message.getProps().getMessageId())) {
        message = channel.basicGet("team.queue", true);
      }
      assertThat(message).isNotNull();
      assertThat(message.getProps().getHeaders())
          .hasEntrySatisfying(
              "cloudEvents_id", it -> assertThat(it).hasToString(event.id().toString()))
          .hasEntrySatisfying("cloudEvents_specversion", it -> assertThat(it).hasToString("1.0"));
      assertThat(new String(message.getBody(), StandardCharsets.UTF_8))
          .contains(event.task().toString());
    }
  }

  /** Other tests send mails, too. */
  private static List<MimeMessage> mailsTo(String address) {
    return Stream.of(MAILS.getReceivedMessages())
        .filter(it -> whole(it).contains("To: " + address))
        .toList();
  }

  private static String whole(MimeMessage mail) {
    return GreenMailUtil.getWholeMessage(mail);
  }

  private static ConnectionFactory broker() {
    BrokerAccess broker = notifier.broker();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    factory.setVirtualHost(broker.virtualHost());
    return factory;
  }

  private Settings webhook(String type, BodyFormat format, Signing signing, Limits limits) {
    return Subscribers.settings(
        Channel.WEBHOOK, receiver.callback(null).url().toString(), type, format, signing, limits);
  }

  private static TaskEvent succeed(String type) {
    TaskEvent event =
        notifier.record(new AttemptOutcome.Succeeded(notifier.accept(type, null), 1, null));
    notifier.announce(event);
    return event;
  }
}
