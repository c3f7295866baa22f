package io.legwork.examples.csv;

import java.util.Objects;

/**
 * The payload of {@code csv.profile}.
 *
 * @param source where the file is
 */
public record CsvProfileRequest(String source) {

  /** Refuses a request without a source. */
  public CsvProfileRequest {
    Objects.requireNonNull(source, "source is missing");
  }
}
