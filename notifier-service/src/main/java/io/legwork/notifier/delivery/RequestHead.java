package io.legwork.notifier.delivery;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Writes the heads of requests and answers for the log of attempts, cut to 4 KiB. */
final class RequestHead {

  private static final int LONGEST = 4 * 1024;
  private static final String HIDDEN = "…";

  private RequestHead() {}

  /**
   * The head of a request.
   *
   * @param secret the names of the headers whose values are left out
   */
  static String of(HttpRequest request, Set<String> secret) {
    Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    hidden.addAll(secret);
    String line = request.method() + ' ' + request.uri() + '\n';
    return cut(line + lines(request.headers(), hidden));
  }

  /** The head of an answer. */
  static String of(HttpResponse<?> response) {
    return cut(response.statusCode() + "\n" + lines(response.headers(), Set.of("set-cookie")));
  }

  private static String lines(HttpHeaders headers, Set<String> hidden) {
    StringBuilder lines = new StringBuilder();
    headers
        .map()
        .forEach((name, values) -> {
          for (String value : values) {
            lines
                .append(name.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(hidden.contains(name) ? HIDDEN : value)
                .append('\n');
          }
        });
    return lines.toString();
  }

  /** PostgreSQL's text holds every character but NUL. */
  private static String cut(String text) {
    String clean = text.replace("\0", "");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
  }
}
