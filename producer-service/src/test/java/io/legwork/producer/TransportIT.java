package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS, with a certificate that is renewed while it runs. */
class TransportIT {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void servesOverTlsAndTakesANewCertificateWithoutARestart() throws Exception {
    Path served = folder.resolve("served.p12");
    Path first = certificate("first");
    Path second = certificate("second");
    Files.copy(first, served);
    try (ProducerUnderTest producer =
            ProducerUnderTest.start(
                TestInfra.database(),
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.jks.web.keystore.location=file:" + served,
                "--spring.ssl.bundle.jks.web.keystore.password=" + PASSWORD,
                "--spring.ssl.bundle.jks.web.keystore.type=PKCS12",
                "--spring.ssl.bundle.jks.web.reload-on-update=true",
                "--spring.ssl.bundle.watch.file.quiet-period=200ms");
        HttpClient trustsFirst = trusting(first);
        HttpClient trustsSecond = trusting(second);
        HttpClient later = trusting(second)) {
      URI api = URI.create("https://localhost:" + producer.port() + "/openapi");

      assertThat(get(trustsFirst, api).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(trustsSecond, api)).isInstanceOf(SSLHandshakeException.class);
      assertThat(get(trustsFirst, URI.create("http://localhost:" + producer.port() + "/openapi")))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(400);

      Files.move(second, served, StandardCopyOption.REPLACE_EXISTING);

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> get(later, api).statusCode() == 200);
    }
  }

  /** A key and a certificate for localhost, which signs itself. */
  private Path certificate(String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static HttpClient trusting(Path store) throws IOException, GeneralSecurityException {
    KeyStore known = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      known.load(content, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    String alias = known.aliases().nextElement();
    trusted.setCertificateEntry(alias, known.getCertificate(alias));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, URI uri)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }
}
