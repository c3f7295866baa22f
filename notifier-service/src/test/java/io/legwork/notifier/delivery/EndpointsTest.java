package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.DeliveryRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void letsLookForMoreOnceThereIsRoomForIt() {
    List<Endpoints.Place> places = full("busy");
    assertThat(endpoints.expectMore("busy")).as("there is room").isFalse();

    assertThat(leave(places, 3)).as("leaving made it worthwhile to look").isFalse();
    assertThat(leave(places, 1)).as("half of the room is free").isTrue();
    endpoints.room(Set.of());
    assertThat(leave(places, 1)).as("somebody has looked").isFalse();

    assertThat(endpoints.expectMore("busy")).as("there is room").isTrue();
    assertThat(endpoints.expectMore("idle")).as("there is room").isTrue();
  }

  @Test
  void letsLookForMoreWhereAllRoomWasTaken() {
    DeliveryRoom room = endpoints.room(Set.of());
    endpoints.found(room, Map.of("some", 3L, "many", 8L));
    List<Endpoints.Place> many = full("many");
    Endpoints.Place some = endpoints.enter("some");

    assertThat(some.leave()).as("more is due to some").isFalse();
    assertThat(leave(many, 4)).as("more is due to many").isTrue();
  }

  @Test
  void letsLookForMoreWhenItWasFullAltogether() {
    List<Endpoints.Place> places = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      places.add(endpoints.enter("endpoint " + i));
    }

    assertThat(endpoints.expectMore("another")).as("there is room").isFalse();
    assertThat(leave(places, 5)).as("leaving made it worthwhile to look").isFalse();
    assertThat(leave(places, 1)).as("half of the room is free").isTrue();
  }

  @Test
  void doesNotLookForWhatIsDueToAClosedEndpoint() {
    Endpoints.Place dead = endpoints.enter("dead");
    for (int i = 0; i < 5; i++) {
      dead.failed(Duration.ZERO);
    }
    Endpoints.Place good = endpoints.enter("good");

    assertThat(endpoints.expectMore("dead")).as("there is room").isFalse();
    endpoints.found(endpoints.room(Set.of()), Map.of());

    assertThat(good.leave()).as("it is worthwhile to look because another left").isFalse();
    assertThat(dead.leave()).as("it is worthwhile to look").isFalse();
  }

  private List<Endpoints.Place> full(String endpoint) {
    List<Endpoints.Place> places = new ArrayList<>();
    while (endpoints.hasRoom(endpoint)) {
      places.add(endpoints.enter(endpoint));
    }
    return places;
  }

  /** So many of them leave; answers whether the last one made it worthwhile to look for more. */
  private static boolean leave(List<Endpoints.Place> places, int count) {
    boolean worthwhile = false;
    for (int i = 0; i < count; i++) {
      worthwhile = places.removeLast().leave();
    }
    return worthwhile;
  }
}
