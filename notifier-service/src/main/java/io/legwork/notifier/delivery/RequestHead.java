package io.legwork.notifier.delivery;

import io.legwork.outbound.OutboundAnswer;
import io.legwork.outbound.OutboundRequest;
import java.net.URI;
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
  static String of(OutboundRequest request, Set<String> secret) {
    Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    hidden.addAll(secret);
    StringBuilder head = new StringBuilder(512);
    head.append(request.method()).append(' ').append(shown(request.uri())).append('\n');
    request.headers().forEach((name, value) -> line(head, name, value, hidden));
    return cut(head);
  }

  /** Queries often hold secrets, too. */
  private static String shown(URI uri) {
    String text = uri.toString();
    return uri.getRawQuery() == null ? text : text.substring(0, text.indexOf('?') + 1) + HIDDEN;
  }

  /** The head of an answer. */
  static String of(OutboundAnswer answer) {
    Set<String> hidden = Set.of("set-cookie");
    StringBuilder head = new StringBuilder(256).append(answer.status()).append('\n');
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> line(head, name, value, hidden)));
    return cut(head);
  }

  private static void line(StringBuilder head, String name, String value, Set<String> hidden) {
    String shown = name.toLowerCase(Locale.ROOT);
    head.append(shown).append(": ").append(hidden.contains(shown) ? HIDDEN : value).append('\n');
  }

  /** PostgreSQL's text holds every character but NUL. */
  private static String cut(StringBuilder head) {
    String clean = head.toString().replace("\0", "");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
  }
}
