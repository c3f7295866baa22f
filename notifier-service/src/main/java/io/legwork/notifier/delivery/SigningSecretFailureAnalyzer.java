package io.legwork.notifier.delivery;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator how to make a signing secret. */
final class SigningSecretFailureAnalyzer extends AbstractFailureAnalyzer<SigningSecretException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SigningSecretException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        """
        Set LEGWORK_WEBHOOKS_SIGNING_SECRET to whsec_ and 24 to 64 random bytes in Base64, the same \
        for all notifiers. This makes one:

            echo "whsec_$(openssl rand -base64 32)"\
        """,
        cause);
  }
}
