package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Streams events over HTTP. */
@RestController
class EventStreamController {

  private final EventStreams streams;

  EventStreamController(EventStreams streams) {
    this.streams = streams;
  }

  /** Without this a stream would be opened for a request that wants none. */
  @RequestMapping(
      path = {"/v1/events", "/v1/tasks/{id}/events"},
      method = RequestMethod.HEAD)
  void head(HttpServletResponse response) {
    response.setContentType(StreamWriter.MEDIA_TYPE);
  }

  @GetMapping("/v1/events")
  void follow(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller)
      throws InterruptedException {
    streams.serve(StreamRequest.read(caller, request), request, response);
  }

  /** The life of one task, with its progress. */
  @GetMapping("/v1/tasks/{id}/events")
  void followTask(
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller)
      throws InterruptedException {
    streams.serve(StreamRequest.readOfTask(caller, id, request), request, response);
  }
}
