package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.DeliveryRoom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private final Endpoints endpoints = new Endpoints(3, 2);

  @Test
  void letsOnlySoManyAttemptsToAnEndpointBegin() throws Exception {
    assertThat(begin("slow")).isTrue();
    assertThat(begin("slow")).isTrue();
    assertThat(begin("slow")).isFalse();
    assertThat(begin("other")).isTrue();
  }

  @Test
  void letsOnlySoManyAttemptsBeginAltogether() throws Exception {
    begin("a");
    begin("b");
    Endpoints.Place third = endpoints.enter("c");
    assertThat(third.begin(Duration.ZERO)).isTrue();
    assertThat(begin("d")).isFalse();

    third.end();

    assertThat(begin("d")).isTrue();
  }

  @Test
  void tellsHowManyMoreCanWait() {
    Endpoints.Place place = endpoints.enter("busy");
    for (int i = 1; i < 8; i++) {
      endpoints.enter("busy");
    }

    assertThat(endpoints.hasRoom("busy")).isFalse();
    assertThat(endpoints.hasRoom("idle")).isTrue();
    DeliveryRoom room = endpoints.room();
    assertThat(room.busy()).containsOnlyKeys("busy").containsEntry("busy", 0);
    assertThat(room.perEndpoint()).isEqualTo(8);
    assertThat(room.total()).isEqualTo(4);

    place.leave();

    assertThat(endpoints.hasRoom("busy")).isTrue();
  }

  private boolean begin(String endpoint) throws InterruptedException {
    return endpoints.enter(endpoint).begin(Duration.ZERO);
  }
}
