package io.legwork.outbound;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was answered.
 *
 * @param headers by name, whatever the name's case
 * @param body as much of it as was wanted; not a copy
 * @param truncated whether there was more
 */
@SuppressWarnings("ArrayRecordComponent") // Answers are read, not compared.
public record OutboundAnswer(
    int status, SortedMap<String, List<String>> headers, byte[] body, boolean truncated) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** All values of a header. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
