package io.legwork.chaos.history;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of one run in its folder, a file for each kind, named after it. Thread-safe.
 *
 * <p>The handlers' ledger lies there too, under the name of {@link Execution}; the handlers write
 * it themselves.
 */
public final class History implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          // A record is its components; what it says about them is not kept.
          .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
          .build();

  private final Path folder;
  private final Map<Class<?>, Output> outputs = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  /**
   * The history in a folder, to be written or to be read.
   *
   * @param folder exists
   */
  public History(Path folder) {
    this.folder = folder;
  }

  /** Where everything is kept. */
  public Path folder() {
    return folder;
  }

  /** The file of one kind of records. */
  public Path file(Class<? extends Record> kind) {
    return folder.resolve(kind.getSimpleName().toLowerCase(Locale.ROOT) + ".jsonl");
  }

  /** A number for a call that no other call of this run has. */
  public long nextCall() {
    return calls.incrementAndGet();
  }

  /** Adds a record. */
  public void add(Record happened) {
    outputs
        .computeIfAbsent(happened.getClass(), kind -> new Output(file(happened.getClass())))
        .write(JSON.writeValueAsString(happened));
  }

  /**
   * All records of a kind, in the order in which they were added. A line that a kill cut short is
   * left out.
   */
  public <T extends Record> List<T> all(Class<T> kind) {
    var file = file(kind);
    outputs.values().forEach(Output::flush);
    if (Files.notExists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isEmpty()).flatMap(line -> read(line, kind)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Stream<T> read(String line, Class<T> kind) {
    try {
      return Stream.of(JSON.readValue(line, kind));
    } catch (JacksonException cutShort) {
      if (line.endsWith("}")) {
        throw cutShort;
      }
      return Stream.empty();
    }
  }

  @Override
  public void close() {
    outputs.values().forEach(Output::close);
  }

  private static final class Output {

    private final BufferedWriter writer;

    Output(Path file) {
      try {
        writer =
            Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void write(String line) {
      try {
        writer.write(line);
        writer.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void flush() {
      try {
        writer.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void close() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
