package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out ports that nothing listens on, never the same one twice. They lie below the range from
 * which systems take the ports of outgoing connections, so that a server that is stopped for a
 * while finds its port free again.
 */
final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 500;

  private final Set<Integer> taken = new HashSet<>();

  /** The first of the preferred ports that is free, otherwise any. */
  int preferably(int... preferred) {
    return Arrays.stream(preferred).filter(this::claim).findFirst().orElseGet(this::any);
  }

  /** A free port; where the search begins is left to chance, so that processes seldom collide. */
  int any() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (claim(port)) {
        return port;
      }
    }
    throw new LocalStackException(
        "No free port was found between %d and %d; stop what listens there."
            .formatted(LOWEST, HIGHEST));
  }

  /** Keeps a port from being handed out. */
  synchronized void reserve(int port) {
    taken.add(port);
  }

  private synchronized boolean claim(int port) {
    return port > 0 && !taken.contains(port) && isFree(port) && taken.add(port);
  }

  /** Whether nothing listens on the port, neither on loopback nor on all addresses. */
  static boolean isFree(int port) {
    return canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        && canListen(new InetSocketAddress(port));
  }

  private static boolean canListen(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
