package io.legwork.examples.csv;

import io.legwork.examples.source.Sources;
import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.io.IOException;
import java.io.InputStream;

/** Says what is in the columns of a CSV file. */
@Handles(value = "csv.profile", concurrency = 4)
public final class CsvProfileHandler implements Handler<CsvProfileRequest> {

  static final long MAX_SOURCE_BYTES = 64 << 20;

  private final Sources sources = new Sources();

  @Override
  public Outcome handle(CsvProfileRequest request, TaskContext task)
      throws IOException, InterruptedException {
    try (InputStream source = sources.open(request.source(), MAX_SOURCE_BYTES, task.remaining())) {
      return Outcome.succeed(CsvProfiler.profile(source));
    }
  }
}
