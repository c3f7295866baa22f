package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that have nothing newer than TLS 1.0 or 1.1. Java itself makes none any more, so the few
 * bytes that matter are written by hand.
 */
class OldTlsTest {

  private static final OutboundPolicy LOOPBACK =
      new OutboundPolicy(
          new OutboundProperties(List.of("loopback"), List.of("https", "http"), List.of()));

  private static final byte HANDSHAKE = 22;
  private static final byte ALERT = 21;
  private static final byte SERVER_HELLO = 2;
  private static final byte FATAL = 2;
  private static final byte PROTOCOL_VERSION = 70;
  private static final short RSA_WITH_AES_128_CBC_SHA = (short) 0xC013;
  private static final int HELLO_LENGTH = 38;
  private static final int RANDOM_LENGTH = 32;

  /** A piece of the conversation before anything is encrypted. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Piece(byte type, byte[] content) {

    static Piece read(DataInputStream in) throws IOException {
      byte type = in.readByte();
      in.readShort();
      return new Piece(type, in.readNBytes(in.readUnsignedShort()));
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {0x0300, 0x0301, 0x0302})
  void areToldNothingButThatTheyAreTooOld(short version) throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new OutboundClient(LOOPBACK, Duration.ofSeconds(5))) {
      var reaction = CompletableFuture.supplyAsync(() -> reactionTo(version, server));
      URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
      var request = new OutboundRequest("POST", uri, new TreeMap<>(), new byte[] {1});

      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> client.tell(request, 100, Duration.ofSeconds(20)));

      Piece said = reaction.get(20, TimeUnit.SECONDS);
      assertThat(said.type()).isEqualTo(ALERT);
      assertThat(said.content()).containsExactly(FATAL, PROTOCOL_VERSION);
    }
  }

  private static Piece reactionTo(short version, ServerSocket server) {
    try (Socket socket = server.accept()) {
      var in = new DataInputStream(socket.getInputStream());
      assertThat(Piece.read(in).type()).isEqualTo(HANDSHAKE);
      socket.getOutputStream().write(hello(version));
      return Piece.read(in);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Chooses the version and a cipher, and has neither a session nor extensions. */
  private static byte[] hello(short version) {
    var hello = ByteBuffer.allocate(5 + 4 + HELLO_LENGTH);
    hello.put(HANDSHAKE).putShort(version).putShort((short) (4 + HELLO_LENGTH));
    hello.put(SERVER_HELLO).put((byte) 0).putShort((short) HELLO_LENGTH);
    hello.putShort(version).put(new byte[RANDOM_LENGTH]);
    hello.put((byte) 0).putShort(RSA_WITH_AES_128_CBC_SHA).put((byte) 0);
    return hello.array();
  }
}
