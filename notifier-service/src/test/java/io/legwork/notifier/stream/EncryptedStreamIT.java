package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.notifier.TestNotifier;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over connections that the service encrypts itself. */
class EncryptedStreamIT {

  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "web";

  @TempDir private Path folder;

  @Test
  void tellWhatOthersTell() throws Exception {
    Path keys = makeKeys();
    try (TestNotifier notifier =
            new TestNotifier(
                "server.ssl.key-store=file:" + keys,
                "server.ssl.key-store-type=PKCS12",
                "server.ssl.key-store-password=" + PASSWORD,
                "legwork.streams.ping=250ms");
        HttpClient http = trusting(keys);
        SseClient stream =
            SseClient.open(
                http,
                URI.create(
                    notifier
                        .uri("local.server.port", "/v1/events")
                        .toString()
                        .replace("http:", "https:")))) {
      stream.next();
      TaskEvent first = notifier.succeed(null, null);
      assertThat(stream.next().id()).isEqualTo(first.sequence());
      assertThat(stream.nextBlock().fields()).containsEntry("", "ping");
      TaskEvent second = notifier.succeed(null, null);
      assertThat(stream.next().id()).isEqualTo(second.sequence());
    }
  }

  private Path makeKeys() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-keyalg",
                    "EC",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return keys;
  }

  private static HttpClient trusting(Path keys) throws Exception {
    KeyStore served = KeyStore.getInstance(new File(keys.toString()), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, served.getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }
}
