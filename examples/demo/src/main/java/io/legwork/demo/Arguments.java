package io.legwork.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the demo was asked to do.
 *
 * @param producer where tasks are submitted and looked up
 * @param management where the producer's metrics are read
 * @param notifier where the event stream is
 * @param authorization the file with the header that shows who asks; null if there is none
 * @param data the folder with the photographs and CSV files
 * @param out the folder the thumbnails are written to
 * @param advertise the host name under which workers and notifier reach this process
 * @param deadline how long everything may take
 */
record Arguments(
    URI producer,
    URI management,
    URI notifier,
    @Nullable Path authorization,
    Path data,
    Path out,
    String advertise,
    Duration deadline) {

  static final String HELP =
      """
      Runs real work through Legwork and checks that every task ended as it should.

      Usage: java -jar demo.jar [options]

        --producer URL      the API                       (http://127.0.0.1:8080)
        --management URL    the API's metrics             (http://127.0.0.1:9080)
        --notifier URL      the event stream              (http://127.0.0.1:8082)
        --authorization FILE
                            the header `Authorization: Bearer KEY`; without it the
                            key in LEGWORK_API_KEY is taken, if there is one
        --data FOLDER       photographs and CSV files     (examples/data)
        --out FOLDER        where the thumbnails go       (.legwork/demo)
        --advertise HOST    the name under which workers and notifier reach this
                            program's files, endpoint and webhook receiver; any
                            other than a loopback one opens them on all
                            interfaces                    (127.0.0.1)
        --deadline SECONDS  give up after this long       (120)
        --help              this text

      Exits 0 if every task ended as it should, 1 if not, 2 for wrong options.
      NO_COLOR turns colours off.
      """;

  private static final Set<String> NAMES =
      Set.of(
          "--producer",
          "--management",
          "--notifier",
          "--authorization",
          "--data",
          "--out",
          "--advertise",
          "--deadline");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense, with a message for the user
   */
  static Arguments parse(List<String> line) {
    var given = options(line);
    return new Arguments(
        url(given, "--producer", "http://127.0.0.1:8080"),
        url(given, "--management", "http://127.0.0.1:9080"),
        url(given, "--notifier", "http://127.0.0.1:8082"),
        file(given.get("--authorization")),
        Path.of(given.getOrDefault("--data", "examples/data")),
        Path.of(given.getOrDefault("--out", ".legwork/demo")),
        given.getOrDefault("--advertise", "127.0.0.1"),
        seconds(given, "--deadline", "120"));
  }

  /**
   * The key for the API; empty if there is none.
   *
   * @throws DemoException if the file cannot be read
   */
  String key() {
    if (authorization == null) {
      return System.getenv().getOrDefault("LEGWORK_API_KEY", "");
    }
    try {
      return Files.readString(authorization)
          .replaceFirst("(?i)^authorization: *bearer", "")
          .strip();
    } catch (IOException e) {
      throw new DemoException(authorization + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The command that asks the API something, up to the URL. */
  String curl() {
    return authorization == null
        ? "curl -s -H \"Authorization: Bearer $LEGWORK_API_KEY\" "
        : "curl -s -H @%s ".formatted(authorization);
  }

  /** Whether this process is reached by programs on the same machine only. */
  boolean local() {
    return LOOPBACK.contains(advertise);
  }

  private static Map<String, String> options(List<String> line) {
    var given = new HashMap<String, String>();
    for (int i = 0; i < line.size(); i += 2) {
      var name = line.get(i);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown option " + name);
      }
      if (i + 1 == line.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      given.put(name, line.get(i + 1));
    }
    return given;
  }

  private static @Nullable Path file(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }

  private static URI url(Map<String, String> given, String name, String otherwise) {
    var text = given.getOrDefault(name, otherwise);
    if (!text.matches("https?://[^/]+/*")) {
      throw new IllegalArgumentException(
          name + " must be like http://host:port, not \"" + text + "\"");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private static Duration seconds(Map<String, String> given, String name, String otherwise) {
    var text = given.getOrDefault(name, otherwise);
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          name + " must be a whole number of seconds, not \"" + text + "\"");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
