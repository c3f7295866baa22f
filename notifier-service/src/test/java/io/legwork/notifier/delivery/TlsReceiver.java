package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.legwork.task.Callback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An endpoint behind TLS that takes every webhook and counts who connects to it how often. */
final class TlsReceiver implements AutoCloseable {

  /** Of its store. */
  static final String PASSWORD = "changeit";

  private final Set<String> messages = ConcurrentHashMap.newKeySet();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger handshakes = new AtomicInteger();
  private final HttpsServer server;

  /**
   * @param store has its key, and is what its senders trust
   */
  TlsReceiver(Path store) throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context(store)) {
          @Override
          public void configure(HttpsParameters parameters) {
            handshakes.incrementAndGet();
            super.configure(parameters);
          }
        });
    server.createContext("/", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Makes a store with a new key, whose certificate it signs itself. */
  static void makeStore(Path store) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "receiver",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=receiver",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  Callback callback() {
    return new Callback(
        URI.create("https://127.0.0.1:%d/hook".formatted(server.getAddress().getPort())), null);
  }

  /** How many different webhooks came. */
  int messages() {
    return messages.size();
  }

  /** How many connections they came on. */
  int connections() {
    return connections.size();
  }

  /** How often a key was agreed on. */
  int handshakes() {
    return handshakes.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    connections.add(exchange.getRemoteAddress());
    messages.add(exchange.getRequestHeaders().getFirst("webhook-id"));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
