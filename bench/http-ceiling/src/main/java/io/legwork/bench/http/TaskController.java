package io.legwork.bench.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers a submission as the producer does, with an id under which there is nothing. */
@RestController
final class TaskController {

  /** The body is read as a whole, for what it says is not looked at. */
  @PostMapping(path = "/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> submit(@RequestBody Map<String, Object> task) {
    var id = UUID.randomUUID();
    // Bytes, as in the producer: their length is known, so the answer is not chunked.
    var answer = "{\"id\":\"%s\",\"state\":\"QUEUED\"}".formatted(id);
    return ResponseEntity.accepted()
        .location(URI.create("/v1/tasks/" + id))
        .body(answer.getBytes(StandardCharsets.UTF_8));
  }
}
