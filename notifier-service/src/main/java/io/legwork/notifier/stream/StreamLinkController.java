package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import io.legwork.authentication.StreamLinks;
import io.legwork.authentication.StreamLinks.Link;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Makes links to event streams for browsers. */
@RestController
class StreamLinkController {

  private static final String LIFE = "seconds";
  private static final int SHORTEST = 1;
  private static final int LONGEST = 3_600;

  private final StreamLinks links;

  StreamLinkController(StreamLinks links) {
    this.links = links;
  }

  @PostMapping(path = "/v1/events/links", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, String>> make(
      @RequestParam(name = LIFE, defaultValue = "300") String seconds,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller) {
    StreamRequest.requireValidLink(caller, request);
    Map<String, String[]> parameters = new TreeMap<>(request.getParameterMap());
    parameters.remove(LIFE);
    Link link = links.make(caller, parameters, life(seconds));
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new TreeMap<>(Map.of("url", link.url(), "expiresAt", link.end().toString())));
  }

  private static Duration life(String text) {
    int seconds = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (seconds < SHORTEST || seconds > LONGEST) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_PARAMETER,
              new FieldError(
                  "must be a whole number from %d to %d".formatted(SHORTEST, LONGEST),
                  Pointer.ROOT.child(LIFE))));
    }
    return Duration.ofSeconds(seconds);
  }
}
