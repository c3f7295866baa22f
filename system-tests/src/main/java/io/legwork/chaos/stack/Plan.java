package io.legwork.chaos.stack;

import io.legwork.local.service.Applications;
import java.nio.file.Path;
import java.util.List;

/**
 * What to start.
 *
 * @param logs where the services' logs go
 * @param ledger the file in which the handlers write down what they do
 * @param workers how many workers
 * @param options further options for every service's JVM
 */
public record Plan(
    Applications applications, Path logs, Path ledger, int workers, List<String> options) {

  /** Takes a copy. */
  public Plan {
    ledger = ledger.toAbsolutePath().normalize();
    options = List.copyOf(options);
  }
}
