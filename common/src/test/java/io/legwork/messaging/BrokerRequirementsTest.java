package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerRequirementsTest {

  private static final Map<String, Object> CAPABILITIES =
      Map.of("publisher_confirms", true, "basic.nack", true, "consumer_cancel_notify", true);

  @ParameterizedTest
  @ValueSource(strings = {"3.10.8", "3.13.7", "4.0.5", "4.3.2+1", "10.0.0-rc.1", "unknown"})
  void takesARabbitMqThatHasWhatIsNeeded(String version) {
    assertThatCode(() -> BrokerRequirements.check(broker(version, CAPABILITIES)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.9.29", "3.7.0", "2.8.7"})
  void refusesOneWhoseQueuesAreNotSafe(String version) {
    assertThatThrownBy(() -> BrokerRequirements.check(broker(version, CAPABILITIES)))
        .isInstanceOf(UnsuitableBrokerException.class)
        .hasMessageContaining("RabbitMQ " + version)
        .hasMessageContaining("quorum queues");
  }

  @ParameterizedTest
  @ValueSource(strings = {"publisher_confirms", "basic.nack", "consumer_cancel_notify"})
  void refusesOneThatLacksACapability(String capability) {
    var without = new HashMap<>(CAPABILITIES);
    without.put(capability, false);

    assertThatThrownBy(() -> BrokerRequirements.check(broker("4.0.5", without)))
        .isInstanceOf(UnsuitableBrokerException.class);
  }

  @Test
  void refusesOneThatSaysNothingOfItself() {
    assertThatThrownBy(() -> BrokerRequirements.check(Map.of()))
        .isInstanceOf(UnsuitableBrokerException.class)
        .hasMessageContaining("publisher confirms");
  }

  private static Map<String, Object> broker(String version, Map<String, Object> capabilities) {
    return Map.of("product", "RabbitMQ", "version", version, "capabilities", capabilities);
  }
}
