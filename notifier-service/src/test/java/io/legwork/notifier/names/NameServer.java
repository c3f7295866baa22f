package io.legwork.notifier.names;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A name server (RFC 1035) that may answer every question in another way. */
public final class NameServer implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int ANSWER_OF_NO_ERROR = 0x8180;
  private static final int NAME_OF_QUESTION = 0xC00C;

  private final AtomicInteger questions = new AtomicInteger();
  private final DatagramSocket socket;

  /**
   * Starts it; the names that end with {@link TestNames#SUFFIX} are its own until it is closed.
   *
   * @param answers the addresses for each question, counted from 1; null for none at all
   */
  @SuppressWarnings("NullAway") // No answer is one that a test may want.
  public NameServer(IntFunction<List<String>> answers) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("name-server").start(() -> serve(answers));
    TestNames.askAt(socket.getLocalPort());
  }

  /** How many questions came. */
  public int questions() {
    return questions.get();
  }

  private void serve(IntFunction<List<String>> answers) {
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        socket.receive(question);
        List<String> addresses = answers.apply(questions.incrementAndGet());
        if (addresses != null) {
          byte[] answer = answer(question, addresses);
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static byte[] answer(DatagramPacket question, List<String> addresses) {
    ByteBuffer answer = ByteBuffer.allocate(512).put(question.getData(), 0, question.getLength());
    answer.putShort(2, (short) ANSWER_OF_NO_ERROR).putShort(6, (short) addresses.size());
    for (String address : addresses) {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      answer
          .putShort((short) NAME_OF_QUESTION)
          .putShort((short) 1)
          .putShort((short) 1)
          .putInt(0)
          .putShort((short) bytes.length)
          .put(bytes);
    }
    byte[] bytes = new byte[answer.position()];
    answer.get(0, bytes);
    return bytes;
  }

  /** Reads the addresses of an answer. */
  static List<InetAddress> addresses(byte[] answer, int length, int question) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(answer, question, length - question);
    int count = ByteBuffer.wrap(answer).getShort(6);
    InetAddress[] addresses = new InetAddress[count];
    for (int i = 0; i < count; i++) {
      rest.position(rest.position() + 10);
      byte[] bytes = new byte[rest.getShort()];
      rest.get(bytes);
      addresses[i] = InetAddress.getByAddress(bytes);
    }
    return List.of(addresses);
  }

  /** Asks for the addresses of a name. */
  static byte[] question(String name) {
    ByteBuffer question = ByteBuffer.allocate(512);
    question.putShort((short) 1).putShort((short) 0x0100).putShort((short) 1);
    question.position(HEADER);
    for (String label : name.split("\\.", -1)) {
      question.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    question.put((byte) 0).putShort((short) 1).putShort((short) 1);
    byte[] bytes = new byte[question.position()];
    question.get(0, bytes);
    return bytes;
  }

  @Override
  public void close() {
    TestNames.askAt(0);
    socket.close();
  }
}
