package io.legwork.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An endpoint that is overloaded now and then: the first request for every tenth number is answered
 * 503, all others 200.
 */
final class FlakyEndpoint implements HttpHandler {

  private static final int EVERY = 10;

  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  /** Whether the first request for this number is answered 503. */
  static boolean refusesFirst(int number) {
    return number % EVERY == 0;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var name = LocalServer.name(exchange);
    if (!name.matches("[0-9]{1,9}")) {
      answer(exchange, 404, "{\"error\":\"a number is expected\"}");
      return;
    }
    int number = Integer.parseInt(name);
    if (refusesFirst(number) && refused.add(number)) {
      answer(exchange, 503, "{\"error\":\"busy, try again\"}");
      return;
    }
    answer(exchange, 200, "{\"number\":" + number + "}");
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    LocalServer.answer(exchange, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }
}
