package io.legwork.chaos.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between one service and one server: a TCP proxy that can be told to misbehave. Closed
 * with the JVM.
 */
public final class Link {

  /** What becomes of bytes. */
  enum Mode {
    /** They arrive. */
    PASSING,
    /** They wait until the link passes again, as when packets are lost and sent again. */
    STALLED,
    /** They vanish, and nobody is told: a half-open connection. */
    SWALLOWING
  }

  private static final int CONNECT_MILLIS = 2_000;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Mode mode = Mode.PASSING;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;

  private Link(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** A link to a port of this machine. */
  static Link to(int target) {
    try {
      var link = new Link(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
      Thread.ofPlatform().daemon().name("link-" + target).start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port at this end. */
  int port() {
    return listener.getLocalPort();
  }

  /** Resets every connection; new ones are taken. */
  public void cut() {
    sockets.forEach(Link::reset);
  }

  /** Resets every connection and every attempt to connect, until {@link #pass}. */
  public void refuse() {
    refusing = true;
    cut();
  }

  /** Holds everything up for a while, each way. */
  public void delay(Duration howLong) {
    delay = howLong;
  }

  /** Lets nothing through until {@link #pass}; nothing is lost. */
  public void stall() {
    become(Mode.STALLED);
  }

  /** Lets everything vanish without a sign, until {@link #pass}, which resets the connections. */
  public void swallow() {
    become(Mode.SWALLOWING);
  }

  /** Behaves again. */
  public void pass() {
    boolean torn = mode == Mode.SWALLOWING;
    refusing = false;
    delay = Duration.ZERO;
    become(Mode.PASSING);
    if (torn) {
      cut();
    }
  }

  private void become(Mode next) {
    lock.lock();
    try {
      mode = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        if (refusing) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException _) {
        // The client is gone already, or we are: the loop finds out which.
      }
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    try {
      awaitPassage();
      var server = new Socket();
      sockets.add(server);
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(client, server));
      pump(server, client);
    } catch (IOException unreachable) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[16 * 1024];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (awaitPassage()) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException broken) {
      reset(to);
    } finally {
      close(from);
      close(to);
    }
  }

  /** Waits as long as the link holds things up; returns whether they may pass then. */
  private boolean awaitPassage() throws IOException {
    lock.lock();
    try {
      while (mode == Mode.STALLED) {
        changed.await();
      }
      if (!delay.isZero()) {
        long left = delay.toNanos();
        while (left > 0) {
          left = changed.awaitNanos(left);
        }
      }
      return mode == Mode.PASSING;
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** The peer sees a reset and not an orderly end. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is closed already.
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
