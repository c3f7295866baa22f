package io.legwork.authentication;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;

/** A web server that tells everybody that too many keys were wrong. */
final class RefusingServer implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final DetainedConnections connections;

  private RefusingServer(DetainedConnections connections) {
    this.connections = connections;
  }

  /**
   * Starts it on a port of its own.
   *
   * @param most how many connections are detained without a thread; one more with a thread
   */
  static RefusingServer start(Path folder, int most, Duration time) throws LifecycleException {
    var server = new RefusingServer(new DetainedConnections(most, time));
    var valve = new DetentionValve(new Detention(1, time), server.connections);
    Tomcat tomcat = server.tomcat;
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    if (tomcat.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
      protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    }
    var context = tomcat.addContext("", null);
    context.getPipeline().addValve(valve);
    Tomcat.addServlet(context, "refusing", new Refusing());
    context.addServletMappingDecoded("/", "refusing");
    tomcat.start();
    return server;
  }

  private static final class Refusing extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Refusals.answer(Problem.of(ProblemType.TOO_MANY_FAILURES, "test"), request, response);
    }
  }

  /** How many connections may be detained besides those that are. */
  int room() {
    return connections.room();
  }

  /** Asks something, with LF for CRLF, over a connection of its own. */
  Socket ask(String head) throws IOException {
    var socket = new Socket("localhost", tomcat.getConnector().getLocalPort());
    socket.setSoTimeout(20_000);
    say(socket, head);
    return socket;
  }

  /** Says more over a connection. */
  static void say(Socket socket, String text) throws IOException {
    socket
        .getOutputStream()
        .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * All that is answered until the connection is closed, which may be with what it was not told.
   */
  static String answer(Socket socket) throws IOException {
    var text = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(); read >= 0; read = in.read()) {
        text.append((char) read);
      }
    } catch (SocketException reset) {
      return text.toString();
    }
    return text.toString();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    connections.close();
  }
}
