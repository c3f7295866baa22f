package io.legwork.process;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all services have to agree on.
 *
 * @param queues the names of the task queues
 */
@ConfigurationProperties("legwork")
public record LegworkProperties(@DefaultValue("default") List<String> queues) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /** Refuses names that cannot be part of a queue's name. */
  public LegworkProperties {
    queues = List.copyOf(queues);
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("legwork.queues must name at least one queue");
    }
    for (String queue : queues) {
      if (!NAME.matcher(queue).matches()) {
        throw new IllegalArgumentException(
            "legwork.queues: '%s' is not made of lower-case letters, digits, '_' and '-' (at most 63)"
                .formatted(queue));
      }
    }
  }
}
