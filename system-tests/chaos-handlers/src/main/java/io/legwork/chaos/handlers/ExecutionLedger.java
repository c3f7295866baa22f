package io.legwork.chaos.handlers;

import io.legwork.handler.TaskContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An append-only file that all workers share. Every line is one write to a file opened for
 * appending, so that lines of several processes never mix; each begins with a line feed as well, so
 * that one cut short by a kill spoils no other.
 *
 * <p>A stream and not a channel, because an interrupted thread would close a channel for everybody.
 */
final class ExecutionLedger {

  /** The environment variable that names the file. */
  private static final String FILE = "LEGWORK_CHAOS_LEDGER";

  private static final ExecutionLedger SHARED = open();

  private final FileOutputStream file;
  private final long pid = ProcessHandle.current().pid();

  private ExecutionLedger(FileOutputStream file) {
    this.file = file;
  }

  static ExecutionLedger shared() {
    return SHARED;
  }

  private static ExecutionLedger open() {
    var path = System.getenv(FILE);
    if (path == null) {
      throw new IllegalStateException(
          FILE
              + " is not set; nothing that runs here could be proved. Name the ledger file in it.");
    }
    try {
      return new ExecutionLedger(new FileOutputStream(path, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void started(TaskContext task, Payload payload) {
    write("start", task, payload, "");
  }

  void succeeded(TaskContext task, Payload payload, Result result) {
    write("success", task, payload, result.digest());
  }

  void failed(TaskContext task, Payload payload) {
    write("failure", task, payload, "");
  }

  private void write(String phase, TaskContext task, Payload payload, String result) {
    var line =
        """

        {"phase":"%s","at":%d,"task":"%s","type":"%s","attempt":%d,"pid":%d,"token":"%s",\
        "payload":"%s","result":"%s"}
        """
            .formatted(
                phase,
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                task.taskId(),
                task.type(),
                task.attempt(),
                pid,
                payload.token(),
                payload.digest(),
                result);
    try {
      file.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
