package io.legwork.producer.fairuse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** That a submission is within the limits, and how its caller stands with them now. */
public final class Admission {

  /** There are no limits. */
  static final Admission UNLIMITED = new Admission(List.of());

  private final List<Standing> standings;

  Admission(List<Standing> standings) {
    this.standings = List.copyOf(standings);
  }

  /** Adds {@code RateLimit} and {@code RateLimit-Policy} to an answer, if there are limits. */
  public HttpHeaders headers() {
    if (standings.isEmpty()) {
      return HttpHeaders.EMPTY;
    }
    var headers = new HttpHeaders();
    fields(standings).forEach(headers::set);
    return headers;
  }

  /** The header fields that tell of limits. */
  static Map<String, String> fields(List<Standing> standings) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!standings.isEmpty()) {
      fields.put(
          "RateLimit-Policy",
          standings.stream().map(Standing::policyItem).collect(Collectors.joining(", ")));
      fields.put(
          "RateLimit", standings.stream().map(Standing::item).collect(Collectors.joining(", ")));
    }
    return fields;
  }
}
