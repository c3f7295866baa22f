package io.legwork.bench.system;

import io.legwork.bench.client.Histograms;
import io.legwork.bench.client.Ids;
import io.legwork.bench.client.Load;
import io.legwork.bench.client.LoadResult;
import io.legwork.bench.client.LoadSpec;
import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/** A client as a process of its own. */
public final class ClientProcess {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final Path result;
  private final Path ids;
  private final Path log;

  private ClientProcess(Process process, Path result, Path ids, Path log) {
    this.process = process;
    this.result = result;
    this.ids = ids;
    this.log = log;
  }

  /** What a client saw, and the tasks it was given ids for. */
  public record Seen(LoadResult result, Set<UUID> ids) {

    /** From the intended start of each request to the end of its answer, in nanoseconds. */
    public Histogram latency() {
      return Histograms.decoded(result.latency());
    }
  }

  /** Starts a client; its files go into the folder, under what a file may be called of the name. */
  public static ClientProcess start(Path folder, String name, LoadSpec spec) throws IOException {
    Files.createDirectories(folder);
    var stem = name.replaceAll("[^A-Za-z0-9]+", "-");
    var task = folder.resolve(stem + ".spec.json");
    var result = folder.resolve(stem + ".result.json");
    var ids = folder.resolve(stem + ".ids");
    var log = folder.resolve(stem + ".log");
    Files.write(task, JSON.writeValueAsBytes(spec));
    var process =
        java(Load.class, List.of(task, result, ids))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ClientProcess(process, result, ids, log);
  }

  static ProcessBuilder java(Class<?> program, List<Path> files) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), program.getName()));
    files.forEach(file -> command.add(file.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().put(RunKey.VARIABLE, RunKey.text());
    return builder;
  }

  /** Waits until the client has had its last answer. */
  public Seen await() throws IOException, InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("the client ended with " + code + "; its log is " + log);
    }
    var seen = new Seen(JSON.readValue(result, LoadResult.class), Ids.read(ids));
    Files.delete(ids);
    return seen;
  }
}
