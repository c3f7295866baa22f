package io.legwork.notifier.delivery;

/** The service has no usable signing secret of its own, so it does not start. */
final class SigningSecretException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SigningSecretException(String wrong) {
    super(
        "The notifier cannot sign webhooks: legwork.webhooks.signing-secret %s. It was not started."
            .formatted(wrong));
  }
}
