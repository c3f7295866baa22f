import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Ends with 0 when the service in this container is ready for work, and with 1 when it is not. Asks
 * for {@code readiness} unless it is given the name of another group of health indicators.
 *
 * <p>The image needs no shell for it, and the JVM is there anyway. It is started every few seconds,
 * so it uses nothing that takes long to load: no HTTP client, and no lambdas.
 */
final class Ready {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 2_000;

  private Ready() {}

  public static void main(String[] arguments) {
    String group = arguments.length == 0 ? "readiness" : arguments[0];
    System.exit(isUp(group) ? 0 : 1);
  }

  private static boolean isUp(String group) {
    String request =
        "GET /actuator/health/"
            + group
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket()) {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      socket.connect(new InetSocketAddress(here, port()), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return statusLine(socket.getInputStream()).startsWith("HTTP/1.1 200");
    } catch (IOException nobody) {
      return false;
    }
  }

  private static String statusLine(InputStream answer) throws IOException {
    return new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1);
  }

  private static int port() {
    String configured = System.getenv("MANAGEMENT_SERVER_PORT");
    if (configured != null) {
      return Integer.parseInt(configured);
    }
    String service = String.valueOf(System.getenv("LEGWORK_SERVICE"));
    switch (service) {
      case "producer-service":
        return 9080;
      case "worker-service":
        return 9081;
      case "notifier-service":
        return 9082;
      default:
        throw new IllegalStateException("LEGWORK_SERVICE is " + service);
    }
  }
}
