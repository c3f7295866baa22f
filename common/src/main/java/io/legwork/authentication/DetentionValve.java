package io.legwork.authentication;

import io.legwork.web.TakenOverConnection;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.UpgradeToken;

/**
 * Sends refusals that are to come late: without the thread, the request and its buffers if that is
 * possible, or else after {@link Detention}. Either way the client is told nothing before.
 *
 * <p>It stands in front of all filters, so that an answer has all they add to it, and because only
 * here the server can be told to write nothing itself: a servlet that asks for a change of protocol
 * is answered 101 at once. With the head alone a guesser would know at once all that it can learn,
 * so that is as late as the body. Thread-safe.
 */
final class DetentionValve extends ValveBase {

  private static final String BODY = DetentionValve.class.getName() + ".body";

  /**
   * Tomcat reads what is left of a request before it hands over the connection. It gives up on
   * larger ones, and their clients would get no answer.
   */
  private static final long MOST_READ = 64 * 1024;

  private final Detention threads;
  private final DetainedConnections connections;

  DetentionValve(Detention threads, DetainedConnections connections) {
    super(true);
    this.threads = threads;
    this.connections = connections;
  }

  /**
   * Has the answer of a request sent late.
   *
   * @param body comes after status and headers, which the response has, with its length
   */
  static void delay(ServletRequest request, byte[] body) {
    request.setAttribute(BODY, body);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!(request.getAttribute(BODY) instanceof byte[] body) || response.isCommitted()) {
      return;
    }
    if (TakenOverConnection.isPossible(request) && isReadSoon(request)) {
      takeOver(request, response, RawAnswer.of(response, body));
    } else {
      threads.keep();
      response.getOutputStream().write(body);
    }
  }

  private static boolean isReadSoon(Request request) {
    return request.getHeader("Transfer-Encoding") == null
        && request.getContentLengthLong() <= MOST_READ;
  }

  private void takeOver(Request request, Response response, byte[] answer) {
    var detained = new DetainedConnection(answer, connections);
    request
        .getCoyoteRequest()
        .action(ActionCode.UPGRADE, new UpgradeToken(detained, request.getContext(), null, null));
    // Or Tomcat would answer now.
    response.getCoyoteResponse().setCommitted(true);
  }
}
