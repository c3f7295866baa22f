package io.legwork.authentication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.http.FastHttpDateFormat;

/** An answer as Tomcat would write it, in bytes. */
final class RawAnswer {

  private RawAnswer() {}

  /**
   * The answer with a status and headers that nobody has been told yet.
   *
   * @param body what Content-Length was set for; a HEAD is answered without it
   */
  static byte[] of(Response response, byte[] body) {
    var head = new StringBuilder(512).append("HTTP/1.1 ").append(response.getStatus());
    head.append(" \r\n");
    // Tomcat names a header as often as it has values.
    for (String name : new LinkedHashSet<>(response.getHeaderNames())) {
      response.getHeaders(name).forEach(value -> line(head, name, value));
    }
    line(head, "Date", FastHttpDateFormat.getCurrentDate());
    head.append("\r\n");

    var answer = new ByteArrayOutputStream();
    answer.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!response.getRequest().getMethod().equals("HEAD")) {
      answer.writeBytes(body);
    }
    return answer.toByteArray();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
