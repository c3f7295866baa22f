package io.legwork.demo;

import java.awt.Dimension;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The work the demo gives to Legwork, each piece with what must come out of it.
 *
 * @param pieces thumbnails, CSV profiles and HTTP requests, submitted one by one
 * @param batch HTTP requests submitted with one request
 */
record WorkPlan(List<Piece> pieces, List<Piece> batch) {

  /** How long the batch's tasks wait, so that accepting them can be told from running them. */
  static final Duration BATCH_DELAY = Duration.ofSeconds(5);

  static final String FILES = "files";
  static final String REQUESTS = "requests";
  static final String STEADY = "steady";
  static final String WEBHOOKS = "webhooks";

  private static final int REQUEST_COUNT = 200;
  private static final int BATCH_SIZE = 1000;
  private static final List<Integer> WIDTHS = List.of(80, 160, 320);
  private static final String FIRST_RETRY = "200ms";

  /**
   * One task.
   *
   * @param group the row of the report it belongs to
   * @param key names it among all; the path of its webhook
   * @param attempts how many attempts it takes
   * @param delay how long it waits before it may run
   * @param submission what is sent to Legwork
   * @param check judges its result
   */
  record Piece(
      String group,
      String key,
      int attempts,
      Duration delay,
      Map<String, Object> submission,
      ResultCheck check) {}

  /**
   * Plans the work.
   *
   * @param data what to work on
   * @param server serves the data and the endpoints
   * @param receiver is told of every task
   * @param out where thumbnails go
   */
  static WorkPlan of(DemoData data, LocalServer server, WebhookReceiver receiver, Path out) {
    var planner = new Planner(server, receiver, out);
    var pieces = new ArrayList<Piece>();
    data.pictures().forEach((name, size) -> pieces.addAll(planner.thumbnails(name, size)));
    data.tables().forEach((name, rows) -> pieces.add(planner.profile(name, rows)));
    pieces.addAll(planner.many(REQUEST_COUNT, planner::request));
    return new WorkPlan(List.copyOf(pieces), planner.many(BATCH_SIZE, planner::steadyRequest));
  }

  /** All pieces. */
  List<Piece> all() {
    var all = new ArrayList<>(pieces);
    all.addAll(batch);
    return all;
  }

  private record Planner(LocalServer server, WebhookReceiver receiver, Path out) {

    List<Piece> thumbnails(String name, Dimension original) {
      return WIDTHS.stream().map(width -> thumbnail(name, original, width)).toList();
    }

    Piece thumbnail(String name, Dimension original, int width) {
      var format = name.endsWith(".png") ? "png" : "jpeg";
      var stem = name.substring(0, name.lastIndexOf('.'));
      var file = stem + "-" + width + name.substring(name.lastIndexOf('.'));
      var height = Math.round((float) original.height * width / original.width);
      var key = stem + "-" + width;
      Map<String, Object> payload =
          Map.of("source", server.url(FILES, name).toString(), "width", width, "format", format);
      return new Piece(
          "image.thumbnail",
          key,
          1,
          Duration.ZERO,
          submission("image.thumbnail", key, payload),
          new ThumbnailCheck(out.resolve(file), new Dimension(width, height)));
    }

    Piece profile(String name, int rows) {
      var key = name.substring(0, name.lastIndexOf('.'));
      return new Piece(
          "csv.profile",
          key,
          1,
          Duration.ZERO,
          submission("csv.profile", key, Map.of("source", server.url(FILES, name).toString())),
          new ProfileCheck(name, rows));
    }

    Piece request(int number) {
      var key = "request-" + number;
      var submission = request(key, server.url(REQUESTS, String.valueOf(number)));
      submission.put("retry", Map.of("initial", FIRST_RETRY));
      var attempts = FlakyEndpoint.refusesFirst(number) ? 2 : 1;
      return new Piece(
          "http.request", key, attempts, Duration.ZERO, submission, ResultCheck.answered200());
    }

    Piece steadyRequest(int number) {
      var key = "batch-" + number;
      var submission = request(key, server.url(STEADY, String.valueOf(number)));
      submission.put("delay", BATCH_DELAY.toString());
      return new Piece(
          "http.request (batch)", key, 1, BATCH_DELAY, submission, ResultCheck.answered200());
    }

    Map<String, Object> request(String key, URI url) {
      return submission("http.request", key, Map.of("method", "GET", "url", url.toString()));
    }

    Map<String, Object> submission(String type, String key, Map<String, Object> payload) {
      var callback =
          Map.of(
              "url", server.url(WEBHOOKS, key).toString(),
              "secret", receiver.expect(key));
      return new HashMap<>(
          Map.of("type", type, "payload", payload, "callback", callback, "tags", List.of("demo")));
    }

    List<Piece> many(int count, IntFunction<Piece> piece) {
      return IntStream.rangeClosed(1, count).mapToObj(piece).toList();
    }
  }
}
