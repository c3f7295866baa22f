package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryQueries;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.Redeliveries;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Request;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of before there were subscriptions, with deliveries in every state. */
class MigrationIT {

  private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIsIDMyIGI=";

  private static final String DELIVERY =
      """
      with d as (
        insert into delivery (id, event_id, event_sequence, task_id, created_at, ended_at, attempts,
                              state, kind, tenant, target)
        values (?, ?, 7, ?, now() - interval '1 hour', case when ? <> 0 then now() end, ?, ?, ?,
                'default', 'callback')
        returning id, attempts
      ), r as (
        insert into delivery_request (id, tenant, url, secret, body)
        select id, 'default', ?, ?, convert_to(?, 'UTF8') from d
      )
      insert into delivery_attempt (delivery_id, number, at, duration_millis, status, tenant, error,
                                    response)
      select id, n, now(), 12, 500, 'default', '500 is not a success', 'try later'
      from d, generate_series(1, attempts) n
      """;

  private static final String DUE =
      """
      insert into delivery_due (id, next_at, owner, endpoint)
      values (?, now() + ? * interval '1 second', ?, ?)
      """;

  private final Receiver receiver = new Receiver();
  private final DatabaseAccess database = TestInfra.database();
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final UuidV7 ids = new UuidV7(InstantSource.system(), new SecureRandom());

  MigrationIT() {
    dataSource.setUrl(database.jdbcUrl());
    dataSource.setUser(database.username());
    dataSource.setPassword(database.password());
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  /**
   * A delivery as it was stored then.
   *
   * @param dueIn seconds until its next attempt, null if it was settled
   */
  private record Old(
      UUID id,
      UUID event,
      TaskId task,
      int state,
      int attempts,
      int kind,
      @Nullable Integer dueIn,
      boolean leased,
      @Nullable String secret) {

    String body() {
      return "{\"type\":\"task.succeeded\",\"data\":{\"id\":\"" + task + "\"}}";
    }
  }

  private Old old(InstantSource when, int state, int attempts, @Nullable Integer dueIn) {
    UuidV7 then = new UuidV7(when, new SecureRandom());
    return new Old(
        then.next(),
        then.next(),
        new TaskId(then.next()),
        state,
        attempts,
        1 + attempts % 6,
        dueIn,
        false,
        SECRET);
  }

  @Test
  void losesNothingAndGoesOnDelivering() throws Exception {
    Flyway.configure().dataSource(dataSource).target("4").load().migrate();
    InstantSource now = InstantSource.system();
    InstantSource longAgo = InstantSource.fixed(Instant.now().minus(20, ChronoUnit.DAYS));
    Old due = old(now, 0, 1, -5);
    Old fresh = old(now, 0, 0, -1);
    Old abandoned = leased(old(now, 0, 0, 1));
    Old unsigned = unsigned(old(now, 0, 3, -1));
    Old waiting = old(now, 0, 2, 3600);
    Old longDue = old(longAgo, 0, 4, -100);
    Old delivered = old(now, 1, 1, null);
    Old exhausted = old(now, 2, 10, null);
    Old disabled = old(longAgo, 3, 5, null);
    List<Old> pending = List.of(due, fresh, abandoned, unsigned, longDue);
    List<Old> all = new ArrayList<>(pending);
    all.addAll(List.of(waiting, delivered, exhausted, disabled));
    for (Old delivery : all) {
      insert(delivery);
    }

    try (TestNotifier notifier =
        new TestNotifier(database, "legwork.webhooks.poll-interval=100ms")) {
      for (int i = 0; i < pending.size(); i++) {
        expectOneOf(pending, receiver.next());
      }
      for (Old delivery : pending) {
        eventually().until(() -> view(delivery).state() == DeliveryState.DELIVERED);
        assertThat(view(delivery).attempts()).hasSize(delivery.attempts() + 1);
      }
      expectUnchanged(waiting, DeliveryState.PENDING);
      expectUnchanged(delivered, DeliveryState.DELIVERED);
      expectUnchanged(exhausted, DeliveryState.EXHAUSTED);
      expectUnchanged(disabled, DeliveryState.DISABLED);
      assertThat(notifier.query("select count(*) from delivery")).isEqualTo(all.size());
      assertThat(notifier.query("select count(*) from delivery_due")).isEqualTo(1);

      assertThat(new Redeliveries(dataSource).one(NewTask.DEFAULT_TENANT, disabled.id())).isTrue();
      expectOneOf(List.of(disabled), receiver.next());
      assertThat(
              notifier.query(
                  "select count(*) from delivery_request where endpoint <> '127.0.0.1:%d'"
                      .formatted(receiver.port())))
          .isZero();
      assertThat(receiver.waiting()).isZero();
    }
  }

  private static Old leased(Old old) {
    return new Old(
        old.id(),
        old.event(),
        old.task(),
        old.state(),
        old.attempts(),
        old.kind(),
        old.dueIn(),
        true,
        old.secret());
  }

  private static Old unsigned(Old old) {
    return new Old(
        old.id(),
        old.event(),
        old.task(),
        old.state(),
        old.attempts(),
        old.kind(),
        old.dueIn(),
        old.leased(),
        null);
  }

  private static void expectOneOf(List<Old> deliveries, Request request) throws Exception {
    Old delivery =
        deliveries.stream()
            .filter(it -> it.event().toString().equals(request.header("webhook-id")))
            .findFirst()
            .orElseThrow();
    assertThat(request.body()).isEqualTo(delivery.body());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    String secret = delivery.secret() == null ? TestNotifier.OWN_SECRET : delivery.secret();
    new Webhook(secret).verify(request.body(), request.headers());
  }

  private void expectUnchanged(Old delivery, DeliveryState state) {
    DeliveryView view = view(delivery);
    assertThat(view.state()).isEqualTo(state);
    assertThat(view.event()).isEqualTo(delivery.event());
    assertThat(view.attempts()).hasSize(delivery.attempts());
    assertThat(view.attempts()).extracting(DeliveryAttempt::status).containsOnly(500);
    assertThat(view.attempts()).extracting(DeliveryAttempt::response).containsOnly("try later");
  }

  private DeliveryView view(Old delivery) {
    return new DeliveryQueries(dataSource)
        .find(NewTask.DEFAULT_TENANT, delivery.id())
        .orElseThrow();
  }

  private void insert(Old delivery) throws SQLException {
    String url = "http://127.0.0.1:" + receiver.port() + "/hook?a=b";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(DELIVERY);
        PreparedStatement due = connection.prepareStatement(DUE)) {
      insert.setObject(1, delivery.id());
      insert.setObject(2, delivery.event());
      insert.setObject(3, delivery.task().value());
      insert.setInt(4, delivery.state());
      insert.setInt(5, delivery.attempts());
      insert.setInt(6, delivery.state());
      insert.setInt(7, delivery.kind());
      insert.setString(8, url);
      insert.setString(9, delivery.secret());
      insert.setString(10, delivery.body());
      insert.executeUpdate();
      if (delivery.dueIn() != null) {
        due.setObject(1, delivery.id());
        due.setInt(2, delivery.dueIn());
        due.setObject(3, delivery.leased() ? ids.next() : null);
        due.setString(4, Endpoint.of(url));
        due.executeUpdate();
      }
    }
  }
}
