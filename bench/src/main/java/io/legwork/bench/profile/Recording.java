package io.legwork.bench.profile;

import io.legwork.local.service.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** What one recording shows: which methods ran, who of ours called them, and what was allocated. */
public final class Recording {

  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final int LINES = 30;
  private static final String OWN = "io.legwork.";
  private static final double PERCENT = 100;

  private final Map<String, Long> running = new HashMap<>();
  private final Map<String, Long> callers = new HashMap<>();
  private final Map<String, Long> threads = new HashMap<>();
  private final Map<String, Long> classes = new HashMap<>();
  private final Map<String, Long> allocators = new HashMap<>();

  private Recording() {}

  /** Begins to record a JVM; the file is complete when the JVM has ended by itself. */
  public static void start(long pid, Path file) {
    new Command(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(pid),
            "JFR.start",
            "settings=profile",
            "dumponexit=true",
            "filename=" + file)
        .run(STARTING);
  }

  /** Reads a file and writes what it shows of some times as text. */
  public static String summary(Path file, List<Span> spans) throws IOException {
    var recording = new Recording();
    try (var events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        var event = events.readEvent();
        if (spans.stream().anyMatch(span -> span.contains(event.getStartTime()))) {
          recording.take(event);
        }
      }
    }
    return String.join(
        "\n",
        table("Running, the method itself", recording.running),
        table("Running, on behalf of", recording.callers),
        table("Running, by thread", recording.threads),
        table("Allocated, by class", recording.classes),
        table("Allocated, on behalf of", recording.allocators));
  }

  private void take(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> {
        count(running, event, frames -> frames.stream().findFirst(), 1);
        count(callers, event, Recording::own, 1);
        threads.merge(name(event.getThread("sampledThread")), 1L, Long::sum);
      }
      case "jdk.ObjectAllocationSample" -> {
        long weight = event.getLong("weight");
        classes.merge(event.getClass("objectClass").getName(), weight, Long::sum);
        count(allocators, event, Recording::own, weight);
      }
      default -> {
        // Recorded as well, and not asked for here.
      }
    }
  }

  private static void count(
      Map<String, Long> counts,
      RecordedEvent event,
      Function<List<RecordedFrame>, Optional<RecordedFrame>> which,
      long weight) {
    var stack = event.getStackTrace();
    var frame = stack == null ? Optional.<RecordedFrame>empty() : which.apply(stack.getFrames());
    counts.merge(frame.map(Recording::name).orElse("(none of ours)"), weight, Long::sum);
  }

  /** The innermost method that is Legwork's. */
  private static Optional<RecordedFrame> own(List<RecordedFrame> frames) {
    return frames.stream()
        .filter(frame -> frame.getMethod().getType().getName().startsWith(OWN))
        .findFirst();
  }

  private static String name(@Nullable RecordedThread thread) {
    if (thread == null || thread.isVirtual()) {
      return thread == null ? "(unknown)" : "(virtual threads)";
    }
    return String.valueOf(thread.getJavaName()).replaceAll("[0-9]+", "N");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String table(String title, Map<String, Long> counts) {
    double total = Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
    var text = new StringBuilder(title).append(" (%,.0f in all)\n".formatted(total));
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(LINES)
        .forEach(entry ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %5.1f %%  %s%n",
                    PERCENT * entry.getValue() / total,
                    entry.getKey())));
    return text.toString();
  }
}
