package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a server that a test can block: while it is frozen, connections are made and stay open
 * but nothing passes in either direction, which is how a frozen server and a half-open connection
 * look from the other side. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int CHUNK = 16 * 1024;

  private final String host;
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean frozen;

  private TcpProxy(String host, int target) {
    this.host = host;
    this.target = target;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("accept", this::accept);
  }

  /** A way to a broker; {@link #of(BrokerAccess)} leads through it. */
  public static TcpProxy to(BrokerAccess broker) {
    return new TcpProxy(broker.host(), broker.port());
  }

  /** A way to a database server; {@link #of(DatabaseAccess)} leads through it. */
  public static TcpProxy to(DatabaseAccess database) {
    URI address = address(database);
    return new TcpProxy(address.getHost(), address.getPort());
  }

  /** The same virtual host, through the proxy. */
  public BrokerAccess of(BrokerAccess broker) {
    return new BrokerAccess(
        "127.0.0.1",
        server.getLocalPort(),
        broker.username(),
        broker.password(),
        broker.virtualHost());
  }

  /** The same database, through the proxy. */
  public DatabaseAccess of(DatabaseAccess database) {
    var name = address(database).getPath().substring(1);
    return DatabaseAccess.of(
        "127.0.0.1", server.getLocalPort(), name, database.username(), database.password());
  }

  private static URI address(DatabaseAccess database) {
    return URI.create(database.jdbcUrl().substring("jdbc:".length()));
  }

  /** Lets nothing pass any more. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** Lets everything pass again, what was held back first. */
  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  private synchronized void awaitThaw() throws InterruptedException {
    while (frozen) {
      wait();
    }
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      sockets.add(client);
      run("connect", () -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException, InterruptedException {
    awaitThaw();
    Socket upstream;
    try {
      upstream = new Socket(host, target);
    } catch (IOException refused) {
      client.close();
      throw refused;
    }
    sockets.add(upstream);
    run("pass", () -> pass(client, upstream));
    run("pass", () -> pass(upstream, client));
  }

  /** When one side ends, so does the other. */
  private void pass(Socket from, Socket to) throws IOException, InterruptedException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        awaitThaw();
        out.write(chunk, 0, read);
      }
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** A connection that breaks ends its own threads and nothing else. */
  private static void run(String name, Work work) {
    Thread.ofVirtual()
        .name("tcp-proxy-" + name)
        .start(() -> {
          try {
            work.run();
          } catch (IOException ended) {
            LOG.debug("A proxied connection has ended", ended);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Breaks all connections and takes no more. */
  @Override
  public void close() {
    thaw();
    sockets.forEach(TcpProxy::closeQuietly);
    closeQuietly(server);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new LocalStackException("A proxied connection cannot be closed.", e);
    }
  }
}
