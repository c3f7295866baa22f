package io.legwork.notifier.stream;

import io.legwork.web.TakenOverConnection;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a reader who has been told the past, taken over from Tomcat: without the
 * thread, the request and the buffers it had, ten thousand of them need little memory, and what all
 * are told is written to each without being copied for each. Tomcat watches whether the reader
 * leaves, and closes the connection. Made by Tomcat, therefore public.
 */
public final class LiveConnection implements TakenOverConnection {

  private volatile @Nullable SocketWrapperBase<?> socket;
  private volatile @Nullable SocketChannel channel;
  private volatile boolean closed;

  /** For Tomcat. */
  public LiveConnection() {}

  /** Whether Tomcat has handed it over. */
  boolean isReady() {
    return channel != null;
  }

  /** Whether it is of no use any more. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Writes as much as the reader takes now; never blocks.
   *
   * @throws IOException if the reader has left
   */
  void write(ByteBuffer bytes) throws IOException {
    SocketChannel open = channel;
    if (closed || open == null) {
      throw new IOException("the connection is closed");
    }
    open.write(bytes);
  }

  /** Ends the connection. */
  void close() {
    closed = true;
    SocketWrapperBase<?> taken = socket;
    if (taken != null) {
      taken.close();
    }
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    socket = wrapper;
  }

  @Override
  public void init(WebConnection connection) {
    channel = TakenOverConnection.channelOf(socket);
    if (closed) {
      close();
    }
  }

  /** A reader has nothing more to say: whatever comes means that it has left. */
  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    SocketWrapperBase<?> taken = socket;
    boolean usable = event == SocketEvent.OPEN_READ || event == SocketEvent.OPEN_WRITE;
    if (usable && taken != null && !closed && isSilent(taken)) {
      return SocketState.UPGRADED;
    }
    closed = true;
    return SocketState.CLOSED;
  }

  private static boolean isSilent(SocketWrapperBase<?> connection) {
    try {
      return connection.read(false, ByteBuffer.allocate(1)) == 0;
    } catch (IOException left) {
      return false;
    }
  }

  @Override
  public void destroy() {
    closed = true;
  }
}
