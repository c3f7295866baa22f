package io.legwork.authentication;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator how to let somebody in. */
final class NoAccessFailureAnalyzer extends AbstractFailureAnalyzer<NoAccessException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NoAccessException cause) {
    return new FailureAnalysis(
        cause.getMessage() + " So it does not start.",
        """
        Make a key and give it to the producer and the notifier, from a file or a store of secrets:

            LEGWORK_SECURITY_ADMIN_KEYS="lw_default_$(openssl rand -hex 32)"

        It has all roles within the tenant it names, and makes the other keys: POST /v1/keys.

        Where nobody else can reach the ports, LEGWORK_SECURITY_OPEN=true asks nobody for a key.\
        """,
        cause);
  }
}
