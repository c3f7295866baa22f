package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.legwork.local.TestInfra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParkingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestBroker broker = new TestBroker(TestInfra.sharedBroker(), TestInfra.broker());
  private final ConfirmedPublisher publisher =
      ConfirmedPublisher.start(broker.connections(), TestBroker.TOPOLOGY);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Parking parking = new Parking(publisher, meters);

  @AfterEach
  void close() throws Exception {
    publisher.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void keepsTheMessageWithTheReasonAndCountsIt() throws Exception {
    byte[] body = {0, 1, 2};

    park("some.key", "an-id", body, "not JSON");

    var parked = broker.drain(Topology.QUEUE_PARKED).getFirst();
    var headers = parked.getProps().getHeaders();
    assertThat(parked.getBody()).isEqualTo(body);
    assertThat(headers.get("reason")).hasToString("not JSON");
    assertThat(headers.get("original-routing-key")).hasToString("some.key");
    assertThat(headers.get("original-message-id")).hasToString("an-id");
    assertThat(meters.get("legwork.messages.parked").counter().count()).isEqualTo(1);
  }

  @Test
  void parksWhateverArrives() throws Exception {
    String longest = "k".repeat(255);

    park(longest, longest, new byte[3 << 20], "é".repeat(10_000));

    var parked = broker.drain(Topology.QUEUE_PARKED).getFirst();
    assertThat(parked.getBody()).hasSize(64 * 1024);
    assertThat(parked.getProps().getHeaders().get("original-size")).hasToString("3145728");
  }

  private void park(String routingKey, String messageId, byte[] body, String reason) {
    var envelope = new Envelope(1, false, routingKey, routingKey);
    var properties = new AMQP.BasicProperties.Builder().messageId(messageId).build();
    assertThat(parking.park(envelope, properties, body, reason)).succeedsWithin(PATIENCE);
  }
}
