package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.Broker;
import io.legwork.local.BrokerAccess;
import io.legwork.local.TestInfra;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the health says when the broker is changed under a running service. */
class BrokerHealthIT {

  private static final String QUEUE = "legwork.parked";
  private static final String READINESS = "/actuator/health/readiness";

  private final Broker broker = TestInfra.sharedBroker();
  private final BrokerAccess access = TestInfra.broker();

  @Test
  void isOutOfServiceWhileAQueueIsOfAnotherKindAndNeedsNoRestart() {
    try (var producer = ProducerUnderTest.start(TestInfra.database(), access)) {
      awaitReadiness(producer, 200);

      deleteQueue();
      declareClassicQueue();
      broker.rabbitmqctl("close_all_connections", "--vhost", access.virtualHost(), "because");

      awaitReadiness(producer, 503);
      assertThat(producer.manage(READINESS).body().toString())
          .contains("OUT_OF_SERVICE", QUEUE + " of another kind");
      assertThat(producer.manage("/actuator/health/liveness").status()).isEqualTo(200);
      assertThat(producer.post("/v1/tasks", "{'type':'echo','payload':1}").status()).isEqualTo(202);

      deleteQueue();

      awaitReadiness(producer, 200);
    }
  }

  private void deleteQueue() {
    broker.rabbitmqctl("delete_queue", "-p", access.virtualHost(), QUEUE);
  }

  private void declareClassicQueue() {
    broker.rabbitmqctl(
        "eval",
        """
        rabbit_amqqueue:declare(
          rabbit_misc:r(<<"%s">>, queue, <<"%s">>), true, false, [], none, <<"test">>).\
        """
            .formatted(access.virtualHost(), QUEUE));
  }

  private static void awaitReadiness(ProducerUnderTest producer, int status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> producer.manage(READINESS).status() == status);
  }
}
