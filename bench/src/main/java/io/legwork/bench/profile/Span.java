package io.legwork.bench.profile;

import java.time.Instant;

/** A time during which there was a load. */
public record Span(Instant start, Instant end) {

  boolean contains(Instant time) {
    return !time.isBefore(start) && time.isBefore(end);
  }
}
