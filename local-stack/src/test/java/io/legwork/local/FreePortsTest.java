package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  private final FreePorts ports = new FreePorts();

  @Test
  void takesThePreferredPortIfItIsFree() {
    var free = new FreePorts().any();

    assertThat(ports.preferably(free)).isEqualTo(free);
  }

  @Test
  void avoidsAPortOnWhichSomebodyListens() throws IOException {
    try (var loopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var everywhere = new ServerSocket(0)) {
      assertThat(ports.preferably(loopback.getLocalPort())).isNotEqualTo(loopback.getLocalPort());
      assertThat(ports.preferably(everywhere.getLocalPort()))
          .isNotEqualTo(everywhere.getLocalPort());
    }
  }

  @Test
  void handsOutNoPortTwice() {
    var first = ports.any();

    assertThat(ports.preferably(first)).isNotEqualTo(first);
  }

  @Test
  void handsOutNoReservedPort() {
    var reserved = new FreePorts().any();
    ports.reserve(reserved);

    assertThat(ports.preferably(reserved)).isNotEqualTo(reserved);
  }
}
