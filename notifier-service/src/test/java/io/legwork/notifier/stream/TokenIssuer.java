package io.legwork.notifier.stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** Makes tokens, and serves the key that proves them, as an identity provider does. */
final class TokenIssuer implements AutoCloseable {

  /** What its tokens are meant for. */
  static final String AUDIENCE = "legwork";

  private final RSAKey key;
  private final HttpServer server;

  TokenIssuer() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("only").generate();
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
  }

  /** Its name; it has no address of that name, only one for its keys. */
  String name() {
    return "https://identity.example.org";
  }

  /** Where its keys are. */
  String keys() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  /** A token for somebody of a tenant. */
  String token(String tenant, String role, Instant end) {
    return token(tenant, role, end, AUDIENCE);
  }

  /** A token that is meant for some service. */
  String token(String tenant, String role, Instant end, String audience) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(name())
            .subject("reader")
            .audience(audience)
            .expirationTime(Date.from(end))
            .claim("tenant", tenant)
            .claim("roles", role)
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
