package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS, with a certificate that is renewed while it runs. */
class TransportIT {

  @TempDir private Path folder;

  @Test
  void servesOverTlsAndTakesANewCertificateWithoutARestart() throws Exception {
    Path served = folder.resolve("served.p12");
    Certificates certificates = new Certificates(folder);
    Path first = certificates.make("first", "localhost");
    Path second = certificates.make("second", "localhost");
    Files.copy(first, served);
    try (ProducerUnderTest producer =
            ProducerUnderTest.start(
                TestInfra.database(),
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.jks.web.keystore.location=file:" + served,
                "--spring.ssl.bundle.jks.web.keystore.password=" + Certificates.PASSWORD,
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

  private static HttpClient trusting(Path store) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(Certificates.trusting(store))
        .build();
  }

  private static HttpResponse<String> get(HttpClient client, URI uri)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }
}
