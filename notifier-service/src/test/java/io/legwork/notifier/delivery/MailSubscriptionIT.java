package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Subscribers who are told by mail, and owners who are told that theirs was disabled. */
class MailSubscriptionIT {

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
            "legwork.webhooks.poll-interval=100ms",
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
  void disablesWhoeverAnswers410AndTellsTheOwner() throws Exception {
    Subscription subscription = subscribers.webhook(receiver, "gone");
    receiver.replying(Reply.of(410));
    subscribers.succeed("gone");
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
    TaskEvent unwanted = subscribers.succeed("gone");
    settled(notifier, notifier.succeed(receiver.callback(null), null).task());
    assertThat(notifier.deliveries(unwanted.task())).isEmpty();
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
    TaskEvent first = subscribers.succeed("digested");
    TaskEvent second = subscribers.succeed("digested");
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

  /** Other tests send mails, too. */
  private static List<MimeMessage> mailsTo(String address) {
    return Stream.of(MAILS.getReceivedMessages())
        .filter(it -> whole(it).contains("To: " + address))
        .toList();
  }

  private static String whole(MimeMessage mail) {
    return GreenMailUtil.getWholeMessage(mail);
  }
}
