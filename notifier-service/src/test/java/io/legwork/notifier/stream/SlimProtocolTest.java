package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlimProtocolTest {

  @Test
  void keepsNothingForEachNameThatReadersMakeUp() {
    var protocol = new SlimProtocol();

    assertThat(IntStream.range(0, 100).mapToObj(i -> protocol.getUpgradeGroupInfo("made-up-" + i)))
        .doesNotContainNull()
        .containsOnly(protocol.getUpgradeGroupInfo("websocket"));
  }
}
