package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who cannot prove to be the host of the URL is told nothing, and there is no fallback. */
class OutboundTlsTest {

  private static final String PASSWORD = "changeit";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final OutboundPolicy LOOPBACK =
      new OutboundPolicy(
          new OutboundProperties(List.of("loopback"), List.of("https", "http"), List.of()));

  @TempDir static Path folder;

  private static OutboundClient client;

  @BeforeAll
  static void makeCertificates() throws Exception {
    key("ca", "CN=Test CA", "-ext", "bc:c");
    key("good", "CN=localhost", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
    key("other", "CN=other.example", "-signer", "ca", "-ext", "san=dns:other.example");
    key(
        "expired",
        "CN=localhost",
        "-signer",
        "ca",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        "-9d",
        "-validity",
        "2");
    key("self", "CN=localhost", "-ext", "san=ip:127.0.0.1");
    String certificate = folder.resolve("ca.pem").toString();
    keytool("keys.p12", "-exportcert", "-rfc", "-alias", "ca", "-file", certificate);
    keytool("trusted.p12", "-importcert", "-noprompt", "-alias", "ca", "-file", certificate);
    System.setProperty(TRUST_STORE, folder.resolve("trusted.p12").toString());
    System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    try {
      client = new OutboundClient(LOOPBACK, Duration.ofSeconds(5));
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE_PASSWORD);
    }
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Test
  void tellsWhoHasATrustedCertificateOfItsHost() throws Exception {
    assertThat(tell("good")).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "expired", "self"})
  void tellsNobodyElse(String certificate) {
    assertThatExceptionOfType(SSLException.class).isThrownBy(() -> tell(certificate));
  }

  private static int tell(String alias) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(alias)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      var request = new OutboundRequest("POST", uri, new TreeMap<>(), new byte[] {1});
      return client.tell(request, 100, Duration.ofSeconds(20)).status();
    } finally {
      server.stop(0);
    }
  }

  /** A server that has the one key. */
  private static SSLContext context(String alias) throws GeneralSecurityException, IOException {
    char[] password = PASSWORD.toCharArray();
    KeyStore all = KeyStore.getInstance(new File(folder.toFile(), "keys.p12"), password);
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, password);
    one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void key(String alias, String name, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC"));
    arguments.addAll(List.of(more));
    keytool("keys.p12", arguments.toArray(String[]::new));
  }

  private static void keytool(String store, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder.resolve(store).toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as("%s", command).isZero();
  }
}
