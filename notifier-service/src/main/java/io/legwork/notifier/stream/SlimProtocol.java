package io.legwork.notifier.stream;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP with small buffers, because thousands of connections stay open on each of which little is
 * received. What is sent over them does not pass the buffers ({@link LiveConnection}). Made by
 * Tomcat, by name.
 */
public final class SlimProtocol extends Http11NioProtocol {

  private static final int SOCKET_BUFFER = 1024;
  private static final int RESPONSE_BUFFER = 512;

  /** As Tomcat makes it. */
  public SlimProtocol() {
    setProperty("socket.appReadBufSize", Integer.toString(SOCKET_BUFFER));
    setProperty("socket.appWriteBufSize", Integer.toString(SOCKET_BUFFER));
  }

  /** What is larger is sent in several pieces. */
  @Override
  public int getDesiredBufferSize() {
    return RESPONSE_BUFFER;
  }
}
