package io.legwork.notifier.stream;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.upgrade.UpgradeGroupInfo;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with small buffers, because thousands of connections stay open on each of which little is
 * received. What is sent over them does not pass the buffers ({@link LiveConnection}). Made by
 * Tomcat, by name.
 */
public final class SlimProtocol extends Http11NioProtocol {

  private static final int SOCKET_BUFFER = 1024;
  private static final int RESPONSE_BUFFER = 512;
  private static final String TAKEN_OVER = "taken over";

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

  /**
   * One for all. Tomcat keeps one for ever for each protocol that a connection was taken over for,
   * and takes the protocol's name from the reader's head.
   */
  @Override
  public @Nullable UpgradeGroupInfo getUpgradeGroupInfo(@Nullable String protocol) {
    return super.getUpgradeGroupInfo(protocol == null ? null : TAKEN_OVER);
  }
}
