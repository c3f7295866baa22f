package io.legwork.producer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends TLS in front of a server on this machine that was set up without it. */
final class TlsFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsFront.class);

  /** PostgreSQL's manual, 54.7: what a client sends that wants TLS. */
  private static final long SSL_REQUEST = 8L << 32 | 80_877_103;

  private final ServerSocket server;
  private final SSLContext context;
  private final int behind;
  private final boolean asPostgres;

  private TlsFront(SSLContext context, int behind, boolean asPostgres) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.context = context;
    this.behind = behind;
    this.asPostgres = asPostgres;
    var _ = Thread.ofVirtual().start(this::accept);
  }

  /** In front of RabbitMQ; asks clients for their certificate. */
  static TlsFront ofBroker(SSLContext context, int port) throws IOException {
    return new TlsFront(context, port, false);
  }

  /** In front of PostgreSQL. */
  static TlsFront ofDatabase(SSLContext context, int port) throws IOException {
    return new TlsFront(context, port, true);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        var _ = Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      LOG.debug("front.closed", closed);
    }
  }

  private void serve(Socket plain) {
    try (plain;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      if (asPostgres && !agree(plain)) {
        return;
      }
      try (var client = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
        client.setNeedClientAuth(!asPostgres);
        client.startHandshake();
        Thread back = Thread.ofVirtual().start(() -> copy(target, client));
        copy(client, target);
        back.join();
      }
    } catch (IOException refused) {
      LOG.debug("front.refused", refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the client wants TLS; who does not is not served. */
  private static boolean agree(Socket client) throws IOException {
    byte[] request = client.getInputStream().readNBytes(Long.BYTES);
    boolean wanted =
        request.length == Long.BYTES && ByteBuffer.wrap(request).getLong() == SSL_REQUEST;
    if (wanted) {
      client.getOutputStream().write('S');
    }
    return wanted;
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (SocketException closed) {
      LOG.trace("front.ended", closed);
    } catch (IOException broken) {
      LOG.debug("front.broken", broken);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
