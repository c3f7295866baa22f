package io.legwork.worker.push;

import io.legwork.outbound.SigningSecret;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint handles the tasks of a type.
 *
 * @param url where attempts are posted to
 * @param secret signs them: {@code whsec_} and 24 to 64 bytes in Base64
 * @param headers sent along, such as an Authorization
 */
public record PushDeclaration(String url, String secret, @Nullable Map<String, String> headers) {

  /** Refuses what nothing can be posted to, or signed with. */
  @SuppressWarnings("ConstantValue") // A declaration's missing fields arrive as null.
  public PushDeclaration {
    if (url == null) {
      throw new IllegalArgumentException("url is missing");
    }
    if (secret == null) {
      throw new IllegalArgumentException(
          "secret is missing: the endpoint has to know who calls; make one with"
              + " echo whsec_$(openssl rand -base64 32)");
    }
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  SigningSecret signingSecret() {
    try {
      return SigningSecret.parse(secret);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException("secret: " + unusable.getMessage(), unusable);
    }
  }

  /** The headers to send along, none when left out. */
  public Map<String, String> headersToSend() {
    return Objects.requireNonNullElse(headers, Map.of());
  }

  /** Without the secret and the headers, which may hold another. */
  @Override
  public String toString() {
    return "PushDeclaration[" + url + "]";
  }
}
