package io.legwork.bench.client;

import io.legwork.local.service.RunKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.UUID;

/** The requests, as bytes that are made once and sent many times. */
final class Bodies {

  private Bodies() {}

  /** Has the form of a key. */
  private static final String WRONG_KEY = "Bearer lw_default_" + "guess0".repeat(10);

  /** The whole request that a client with this task sends over and over. */
  static byte[] request(LoadSpec spec, int port) {
    return switch (spec.kind()) {
      case BATCH, SINGLE, WAIT, READ -> submission(spec, port);
      case LIST -> question("/v1/tasks?limit=50", port, RunKey.header());
      case GUESS -> question("/v1/tasks?limit=50", port, WRONG_KEY);
    };
  }

  /** Reads the task with an id. */
  static byte[] read(UUID task, int port) {
    return question("/v1/tasks/" + task, port, RunKey.header());
  }

  private static byte[] question(String path, int port, String key) {
    return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n\r\n"
        .formatted(path, port, key)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] submission(LoadSpec spec, int port) {
    var body = spec.kind() == LoadKind.BATCH ? batch(spec) : task(spec);
    var path = spec.kind() == LoadKind.BATCH ? "/v1/tasks/batch" : "/v1/tasks";
    var prefer = spec.kind() == LoadKind.WAIT ? "Prefer: wait=20\r\n" : "";
    var head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(path, port, RunKey.header(), prefer, body.length());
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String batch(LoadSpec spec) {
    var tasks = String.join(",", Collections.nCopies(spec.batch(), task(spec)));
    return "{\"tasks\":[" + tasks + "]}";
  }

  private static String task(LoadSpec spec) {
    return "{\"type\":\"%s\",\"payload\":%s}".formatted(spec.type(), payload(spec));
  }

  /** Has exactly as many bytes as asked for, unless they are too few. */
  static String payload(LoadSpec spec) {
    var frame = "{\"millis\":%d,\"body\":\"\"}".formatted(spec.sleepMillis());
    var filling = "p".repeat(Math.max(0, spec.payloadBytes() - frame.length()));
    return frame.replace("\"\"", '"' + filling + '"');
  }
}
