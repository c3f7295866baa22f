package io.legwork.bench.system;

import io.legwork.bench.client.Ids;
import io.legwork.bench.client.Listener;
import io.legwork.bench.client.Listener.Heard;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A follower of the event stream as a process of its own. */
public final class ListenerProcess implements AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(60);

  private final Process process;
  private final Path result;
  private final Path ids;
  private volatile boolean connected;
  private volatile long count;

  private ListenerProcess(Process process, Path result, Path ids) {
    this.process = process;
    this.result = result;
    this.ids = ids;
    Thread.ofPlatform().daemon().name("listener").start(this::read);
  }

  /** What was heard, and of which tasks. */
  public record Told(Heard heard, Set<UUID> tasks) {}

  /** Starts one; it is connected when this returns. */
  public static ListenerProcess start(Path folder, int port) throws IOException {
    var result = folder.resolve("listener.result.json");
    var ids = folder.resolve("listener.ids");
    var builder = ClientProcess.java(Listener.class, List.of(Path.of("" + port), result, ids));
    var process = builder.redirectError(folder.resolve("listener.log").toFile()).start();
    var listener = new ListenerProcess(process, result, ids);
    if (!Await.within(CONNECTING, () -> listener.connected)) {
      listener.close();
      throw new IOException("the event stream on port " + port + " does not answer");
    }
    return listener;
  }

  private void read() {
    try (var lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("connected")) {
          connected = true;
        } else {
          count = Long.parseLong(line);
        }
      }
    } catch (IOException ended) {
      connected = false;
    }
  }

  /** Waits until so many events were heard; returns whether they were, in time. */
  public boolean awaitCount(long expected, Duration limit) {
    return Await.within(limit, () -> count >= expected);
  }

  /** Ends it. */
  public Told stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
    var told = new Told(JsonMapper.shared().readValue(result, Heard.class), Ids.read(ids));
    Files.delete(ids);
    return told;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
