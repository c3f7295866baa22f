package io.legwork.producer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider as OpenID Connect Discovery 1.0 describes one, on this machine. */
final class IdentityProvider implements AutoCloseable {

  /** What its tokens for Legwork are meant for. */
  static final String AUDIENCE = "legwork";

  private final AtomicInteger questions = new AtomicInteger();
  private final int port;
  private HttpServer server;
  private RSAKey rsa = newRsa();
  private final ECKey ec = newEc();

  IdentityProvider() {
    server = listen(0);
    port = server.getAddress().getPort();
    server.start();
  }

  private HttpServer listen(int wanted) {
    try {
      var http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      http.createContext("/.well-known/openid-configuration", this::configuration);
      http.createContext("/keys", this::keys);
      return http;
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** How often it was asked for its keys. */
  int questions() {
    return questions.get();
  }

  RSAKey rsa() {
    return rsa;
  }

  /** Signs with another key from now on, and does not know the former any more. */
  void rotate() {
    rsa = newRsa();
  }

  void stop() {
    server.stop(0);
  }

  void startAgain() {
    server = listen(port);
    server.start();
  }

  /** The claims of a good token, to be changed. */
  JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("käthe")
        .audience(List.of("other", AUDIENCE))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("tenant", "acme")
        .claim("roles", List.of("submit", "unknown"));
  }

  String signed(JWTClaimsSet.Builder claims) {
    return signed(claims, rsa);
  }

  static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  String signedOnCurve(JWTClaimsSet.Builder claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ec.getKeyID()).build();
      var token = new SignedJWT(header, claims.build());
      token.sign(new ECDSASigner(ec));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static RSAKey newRsa() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ECKey newEc() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        """
        {"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/a","subject_types_supported":["public"],
         "response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256","ES256"]}
        """
            .formatted(issuer(), issuer(), issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    questions.incrementAndGet();
    answer(exchange, new JWKSet(List.of(rsa, ec)).toString());
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    stop();
  }
}
