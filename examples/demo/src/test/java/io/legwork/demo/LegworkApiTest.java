package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void submitsAgainUnderTheSameKey() {
    var keys = new CopyOnWriteArrayList<String>();
    HttpHandler busyAtFirst =
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          boolean batch = LocalServer.name(exchange).equals("batch");
          int status = keys.size() % 2 == 1 ? 503 : batch ? 200 : 202;
          var body = batch ? "{'items':[{'status':202,'id':'b'}]}" : "{'id':'a'}";
          var json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          LocalServer.answer(exchange, status, "application/json", json);
        };
    try (var server = LocalServer.start("127.0.0.1", true, Map.of("v1", busyAtFirst));
        var api = new LegworkApi(server.url(), server.url(), server.url(), "")) {
      assertThat(api.submit(Map.of("type", "echo"))).isEqualTo("a");
      assertThat(api.submitBatch(List.of(Map.of("type", "echo")))).containsExactly("b");

      assertThat(api.repeated()).isEqualTo(2);
      assertThat(keys).hasSize(4).doesNotContainNull();
      assertThat(keys.get(1)).isEqualTo(keys.get(0));
      assertThat(keys.get(3)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(0));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
