package io.legwork.notifier.stream;

import io.legwork.task.NewTask;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Streams events over HTTP. */
@RestController
class EventStreamController {

  private static final String TENANT = NewTask.DEFAULT_TENANT;

  private final EventStreams streams;

  EventStreamController(EventStreams streams) {
    this.streams = streams;
  }

  @GetMapping("/v1/events")
  void follow(HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    streams.serve(StreamRequest.read(TENANT, request), response);
  }
}
