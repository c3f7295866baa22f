package io.legwork.local.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for services that are stopped and started again. They lie below the range from which the
 * system takes the ports of outgoing connections, so that they are still free then.
 */
final class Ports {

  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 20_000;

  private static final Set<Integer> TAKEN = new HashSet<>();

  private Ports() {}

  static synchronized int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && TAKEN.add(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
