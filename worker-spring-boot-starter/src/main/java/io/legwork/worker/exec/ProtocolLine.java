package io.legwork.worker.exec;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.worker.handlers.Declaration;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line by which a program tells the worker something:
 *
 * <pre>
 * ::legwork progress 40 page 4 of 10
 * ::legwork log warning the template is missing, using the standard one
 * ::legwork checkpoint {"page": 4}
 * ::legwork retry-after 30s the printer is busy
 * ::legwork snooze 5m
 * </pre>
 *
 * @param verb what to do
 * @param first the first word after it, or an empty text
 * @param rest what follows that word
 * @param all all that follows the verb
 */
record ProtocolLine(String verb, String first, String rest, String all) {

  static final String PREFIX = "::legwork ";

  /** The line in its parts, if it is one of the protocol. */
  static Optional<ProtocolLine> parse(String line) {
    if (!line.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] verb = line.substring(PREFIX.length()).strip().split("\\s+", 2);
    String all = verb.length == 1 ? "" : verb[1];
    String[] words = all.split("\\s+", 2);
    return Optional.of(new ProtocolLine(verb[0], words[0], words.length == 1 ? "" : words[1], all));
  }

  /** Does what the lines of one program say. Thread-safe. */
  static final class Reader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TaskContext task;
    private volatile @Nullable Outcome wish;

    Reader(TaskContext task) {
      this.task = task;
    }

    /**
     * Does what a line says; a line that makes no sense is logged and changes nothing.
     *
     * @return whether it is of the protocol
     */
    boolean obey(String text) {
      Optional<ProtocolLine> line = parse(text);
      line.ifPresent(this::obey);
      return line.isPresent();
    }

    private void obey(ProtocolLine line) {
      try {
        switch (line.verb()) {
          case "progress" -> task.progress(Integer.parseInt(line.first()), line.rest());
          case "log" -> task.logger().log(level(line.first()), line.rest());
          case "checkpoint" -> task.checkpoint(JSON.readTree(line.all()));
          case "retry-after" -> wish = Outcome.retryAfter(duration(line.first()), line.rest());
          case "snooze" -> wish = Outcome.snooze(duration(line.first()));
          default -> throw new IllegalArgumentException("there is no '" + line.verb() + "'");
        }
      } catch (IllegalArgumentException | JacksonException nonsense) {
        task.logger()
            .log(
                System.Logger.Level.WARNING,
                "A line of the program makes no sense and was passed over: "
                    + nonsense.getMessage());
      } catch (CancellationException over) {
        // The attempt is over, and the program about to be killed.
      }
    }

    private static System.Logger.Level level(String name) {
      return System.Logger.Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Duration duration(String text) {
      Duration duration = Declaration.duration(text);
      if (duration == null) {
        throw new IllegalArgumentException("the duration is missing");
      }
      return duration;
    }

    /** What the program wants to become of the task if it fails. */
    Optional<Outcome> wish() {
      return Optional.ofNullable(wish);
    }
  }
}
