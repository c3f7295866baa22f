package io.legwork.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.channels.SocketChannel;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is taken over from Tomcat with its means for a change of protocol, to be kept
 * without the thread, the request and the buffers it had. Whoever keeps it looks after its time,
 * and ends it before the server pauses or without caring for that.
 */
public interface TakenOverConnection extends InternalHttpUpgradeHandler {

  /** Tomcat's name for the cipher of a connection that it encrypts itself. */
  String CIPHER = "jakarta.servlet.request.cipher_suite";

  /** Whether what is written to the connection of a request is what the client gets. */
  static boolean isPossible(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1.") && request.getAttribute(CIPHER) == null;
  }

  /**
   * What belongs to this connection alone: Tomcat's own channel objects are used again for other
   * ones. Null if there is none.
   */
  static @Nullable SocketChannel channelOf(@Nullable SocketWrapperBase<?> connection) {
    return connection != null && connection.getSocket() instanceof NioChannel nio
        ? nio.getIOChannel()
        : null;
  }

  @Override
  default void pause() {}

  @Override
  default void timeoutAsync(long now) {}

  /** There is none on connections that can be taken over. */
  @Override
  default void setSslSupport(SSLSupport support) {}
}
