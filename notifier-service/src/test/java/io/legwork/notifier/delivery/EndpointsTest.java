package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.DeliveryRoom;
import java.time.Duration;
import java.util.Set;
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
    DeliveryRoom room = endpoints.room(Set.of());
    assertThat(room.busy()).containsOnlyKeys("busy").containsEntry("busy", 0);
    assertThat(room.perEndpoint()).isEqualTo(8);
    assertThat(room.total()).isEqualTo(4);

    place.leave();

    assertThat(endpoints.hasRoom("busy")).isTrue();
  }

  private boolean begin(String endpoint) throws InterruptedException {
    return endpoints.enter(endpoint).begin(Duration.ZERO);
  }

  @Test
  void closesAnEndpointThatOnlyFails() throws Exception {
    Endpoints.Place place = endpoints.enter("dead");
    for (int i = 0; i < 5; i++) {
      place.failed(Duration.ZERO);
    }

    assertThat(endpoints.hasRoom("dead")).isFalse();
    assertThat(place.begin(Duration.ZERO)).isFalse();
    assertThat(endpoints.room(Set.of()).closed()).containsExactly("dead");
    assertThat(endpoints.room(Set.of()).hidesWork()).isFalse();
    assertThat(endpoints.hasRoom("other")).isTrue();

    place.succeeded();

    assertThat(place.begin(Duration.ZERO)).isTrue();
  }

  @Test
  void leavesAnEndpointAloneThatAskedForTime() throws Exception {
    endpoints.enter("busy").failed(Duration.ofMinutes(1));

    assertThat(begin("busy")).isFalse();
  }

  @Test
  void holdsWhatIsToBeHeld() {
    assertThat(endpoints.room(Set.of("paused")).closed()).containsExactly("paused");
  }

  @Test
  void keepsToTheRateOfAnEndpoint() throws Exception {
    Endpoints slow = new Endpoints(3, 2, _ -> new LaneLimits(2, 1));
    assertThat(slow.enter("a").begin(Duration.ZERO)).isTrue();

    assertThat(slow.enter("a").begin(Duration.ZERO)).as("within the same second").isFalse();
  }
}
