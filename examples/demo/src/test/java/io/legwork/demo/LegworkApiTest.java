package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LegworkApiTest {

  @Test
  void saysWhatToDoWhenNobodyAnswers() throws IOException {
    var url = URI.create("http://127.0.0.1:" + freePort());
    try (var api = new LegworkApi(url, url, url, "")) {
      assertThatThrownBy(api::requirePresence)
          .isInstanceOf(DemoException.class)
          .hasMessageContaining(url.toString())
          .hasMessageContaining("./legwork up")
          .hasMessageContaining("./legwork status");
      assertThat(api.counters()).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
