package io.legwork.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {

  @Test
  void payloadHasTheSizeThatWasAskedFor() {
    assertThat(Bodies.payload(spec(LoadKind.SINGLE))).hasSize(256);
  }

  @Test
  void contentLengthIsThatOfTheBody() {
    var request =
        new String(Bodies.request(spec(LoadKind.BATCH), 8080), StandardCharsets.ISO_8859_1);
    var parts = request.split("\r\n\r\n", 2);

    assertThat(parts[0])
        .startsWith("POST /v1/tasks/batch HTTP/1.1")
        .endsWith("Content-Length: " + parts[1].length());
  }

  private static LoadSpec spec(LoadKind kind) {
    return new LoadSpec(List.of(8080), kind, 1, 3, "bench.noop", 256, 5, 0, 1, 0, true);
  }
}
