package io.legwork.notifier.stream;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP with small buffers, because thousands of connections stay open on each of which little is
 * said at a time. Made by Tomcat, by name.
 */
public final class SlimProtocol extends Http11NioProtocol {

  private static final int SOCKET_BUFFER = 1024;
  private static final int RESPONSE_BUFFER = 512;

  /** As Tomcat makes it. */
  public SlimProtocol() {
    setProperty("socket.appReadBufSize", Integer.toString(SOCKET_BUFFER));
    setProperty("socket.appWriteBufSize", Integer.toString(SOCKET_BUFFER));
  }

  /** What is larger is passed on as it is. */
  @Override
  public int getDesiredBufferSize() {
    return RESPONSE_BUFFER;
  }
}
