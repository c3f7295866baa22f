package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryState;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.notifier.names.NameServer;
import io.legwork.notifier.names.TestNames;
import io.legwork.task.Callback;
import io.legwork.task.TaskId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where webhooks may go is decided on the address that is connected to, whatever was allowed when
 * they were asked for. One address of this machine is allowed here, and the others are not.
 */
class OutboundIT {

  private static final String ALLOWED = "127.0.0.2";
  private static final String FORBIDDEN = "127.0.0.1";

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.outbound.allow=public,127.0.0.2/32",
            "legwork.webhooks.schedule=1h",
            "legwork.webhooks.connect-timeout=1s",
            "legwork.webhooks.poll-interval=100ms");
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void isNotLedAstrayByANameThatMoves() throws Exception {
    try (Receiver allowed = new Receiver(ALLOWED, 0);
        Receiver trap = new Receiver(FORBIDDEN, allowed.port());
        NameServer names = new NameServer(nth -> List.of(nth == 1 ? ALLOWED : FORBIDDEN))) {
      Callback callback = at("moving" + TestNames.SUFFIX, allowed.port());
      allowed.replying(new Reply(204, Map.of("Connection", "close"), ""));
      TaskEvent first = notifier.succeed(callback, null);
      assertThat(allowed.next().header("webhook-id")).isEqualTo(first.id().toString());
      settled(notifier, first.task());
      assertThat(names.questions()).as("lookups for one connection").isEqualTo(1);

      TaskEvent second = notifier.succeed(callback, null);

      assertThat(firstError(second.task()))
          .startsWith("nothing was sent")
          .contains(FORBIDDEN, "LEGWORK_OUTBOUND_ALLOW");
      assertThat(names.questions()).isEqualTo(2);
      assertThat(trap.waiting()).isZero();
    }
  }

  @Test
  void connectsToTheAllowedOneOfSeveralAddresses() throws Exception {
    try (Receiver allowed = new Receiver(ALLOWED, 0);
        Receiver trap = new Receiver(FORBIDDEN, allowed.port());
        NameServer names = new NameServer(nth -> List.of(FORBIDDEN, ALLOWED))) {
      TaskEvent event = notifier.succeed(at("several" + TestNames.SUFFIX, allowed.port()), null);

      assertThat(allowed.next().header("webhook-id")).isEqualTo(event.id().toString());
      assertThat(allowed.waiting() + trap.waiting()).isZero();
      assertThat(names.questions()).isEqualTo(1);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // This name server does not answer.
  void isNotHeldUpByANameServerThatDoesNotAnswer() throws Exception {
    try (Receiver allowed = new Receiver(ALLOWED, 0);
        NameServer names = new NameServer(nth -> null)) {
      TaskEvent stuck = notifier.succeed(at("silent" + TestNames.SUFFIX, allowed.port()), null);
      TaskEvent other = notifier.succeed(at(ALLOWED, allowed.port()), null);

      assertThat(allowed.next().header("webhook-id")).isEqualTo(other.id().toString());
      assertThat(firstError(stuck.task())).isEqualTo("the name of the host is unknown");
      assertThat(names.questions()).isEqualTo(1);
    }
  }

  /** As if they had been stored before the rules were as they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://LOCALHOST.:%d/",
        "http://any.localhost:%d/",
        "http://[::1]:%d/",
        "http://0.0.0.0:%d/",
        "http://[::]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::127.0.0.1]:%d/",
        "http://127.1:%d/",
        "http://2130706433:%d/",
        "http://0x7f.1:%d/",
        "http://017700000001:%d/",
        "http://user:secret@127.0.0.2:%d/",
        "file:///etc/passwd",
        "http://127.0.0.2:5432/",
        "http://169.254.169.254/",
        "http://metadata.google.internal/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "http://[64:ff9b::7f00:1]:%d/",
        "http://[2002:7f00:1::]:%d/"
      })
  void sendsNothingWhereItMustNot(String url) throws Exception {
    try (Receiver trap = new Receiver(FORBIDDEN, 0)) {
      Callback hostile = new Callback(URI.create(url.formatted(trap.port())), null);

      TaskId task = notifier.succeed(hostile, null).task();

      assertThat(firstError(task)).startsWith("nothing was sent");
      assertThat(trap.waiting()).isZero();
    }
  }

  @Test
  void doesNotShowWhatIsSecretInAUrl() throws Exception {
    try (Receiver allowed = new Receiver(ALLOWED, 0)) {
      URI url = URI.create("http://%s:%d/hook?token=hidden".formatted(ALLOWED, allowed.port()));

      TaskId task = notifier.succeed(new Callback(url, null), null).task();

      assertThat(settled(notifier, task).state()).isEqualTo(DeliveryState.DELIVERED);
      assertThat(notifier.deliveries(task).getFirst().attempts().getFirst().request())
          .contains("/hook?…")
          .doesNotContain("hidden");
    }
  }

  private static Callback at(String host, int port) {
    return new Callback(URI.create("http://%s:%d/hook".formatted(host, port)), null);
  }

  /** What came of the first attempt. */
  private static String firstError(TaskId task) {
    eventually().until(() -> !attempts(task).isEmpty());
    return String.valueOf(attempts(task).getFirst().error());
  }

  private static List<DeliveryAttempt> attempts(TaskId task) {
    return notifier.deliveries(task).stream().flatMap(it -> it.attempts().stream()).toList();
  }
}
