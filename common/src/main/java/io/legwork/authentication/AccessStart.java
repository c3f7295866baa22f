package io.legwork.authentication;

import io.legwork.ledger.ApiKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Ends the start of a service that nobody could use, once the ledger is there to be asked for keys.
 * Until then the service lets nobody in.
 */
final class AccessStart implements ApplicationRunner, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(AccessStart.class);

  private final AccessProperties properties;
  private final OidcProperties oidc;
  private final ApiKeys keys;

  AccessStart(AccessProperties properties, OidcProperties oidc, ApiKeys keys) {
    this.properties = properties;
    this.oidc = oidc;
    this.keys = keys;
  }

  /**
   * Returns if somebody can be let in.
   *
   * @throws NoAccessException if not
   */
  @Override
  public void run(ApplicationArguments arguments) {
    if (properties.open()) {
      LOG.warn("access.open: whoever reaches this service may do everything");
    } else if (properties.adminKeys().isEmpty() && !oidc.isConfigured() && !keys.exist()) {
      throw new NoAccessException();
    }
  }

  /** Right after the ledger was opened. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }
}
