package io.legwork.notifier.names;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Has Java ask the name server of a test for some names, and the system's for all others. */
public final class TestNames extends InetAddressResolverProvider {

  /** How the names end that belong to tests. */
  public static final String SUFFIX = ".rebinding.test";

  private static final int PATIENCE_MILLIS = 30_000;

  private static volatile int port;

  static void askAt(int port) {
    TestNames.port = port;
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver system = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.endsWith(SUFFIX) ? ask(host) : system.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> ask(String host) throws UnknownHostException {
    byte[] question = NameServer.question(host);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.send(
          new DatagramPacket(
              question,
              question.length,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      socket.receive(answer);
      return NameServer.addresses(answer.getData(), answer.getLength(), question.length).stream();
    } catch (IOException silent) {
      throw new UnknownHostException(host);
    }
  }

  @Override
  public String name() {
    return "names of tests";
  }
}
