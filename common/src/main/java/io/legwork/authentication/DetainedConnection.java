package io.legwork.authentication;

import io.legwork.web.TakenOverConnection;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is told its answer, and closed, when its time has come; nothing before that.
 * What else is asked over it is never read. Whoever does something with it holds Tomcat's lock on
 * it.
 */
final class DetainedConnection implements TakenOverConnection {

  private final byte[] answer;
  private final DetainedConnections all;
  private final AtomicReference<@Nullable Future<?>> release = new AtomicReference<>();
  private volatile @Nullable SocketWrapperBase<?> connection;
  private volatile @Nullable SocketChannel channel;

  /**
   * @param answer all that is sent over the connection
   */
  DetainedConnection(byte[] answer, DetainedConnections all) {
    this.answer = answer;
    this.all = all;
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    connection = wrapper;
  }

  /** Takes room only now: a client that has left while Tomcat handed over would keep it. */
  @Override
  public void init(WebConnection unused) {
    channel = TakenOverConnection.channelOf(connection);
    release.set(all.admit(this));
  }

  /** The time has come. Never blocks. */
  void release() {
    SocketWrapperBase<?> taken = connection;
    if (taken == null) {
      return;
    }
    Lock lock = taken.getLock();
    if (!lock.tryLock()) {
      // Tomcat is looking at it right now, and comes back to it when it has seen enough.
      taken.processSocket(SocketEvent.TIMEOUT, true);
      return;
    }
    try {
      if (!taken.isClosed()) {
        tell();
        taken.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** As much as the client takes at once: it is less than what any system keeps for it. */
  private void tell() {
    SocketChannel open = channel;
    try {
      if (open != null) {
        open.write(ByteBuffer.wrap(answer));
      }
    } catch (IOException left) {
      // It is closed in any case.
    }
  }

  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    if (event == SocketEvent.TIMEOUT || release.get() == null) {
      tell();
      return SocketState.CLOSED;
    }
    return event == SocketEvent.OPEN_READ ? listen() : SocketState.CLOSED;
  }

  /**
   * Notices a client that leaves. One that says more is not listened to any further: what it says
   * stays with the system, which takes no more when its buffer is full.
   */
  private SocketState listen() {
    SocketChannel open = channel;
    try {
      int heard = open == null ? -1 : open.read(ByteBuffer.allocate(1));
      return switch (heard) {
        case -1 -> SocketState.CLOSED;
        case 0 -> SocketState.UPGRADED;
        default -> SocketState.SUSPENDED;
      };
    } catch (IOException left) {
      return SocketState.CLOSED;
    }
  }

  /** However the connection ended: its room is free. */
  @Override
  public void destroy() {
    Future<?> admitted = release.getAndSet(null);
    if (admitted != null) {
      all.forget(admitted);
    }
  }
}
