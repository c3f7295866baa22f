package io.legwork.worker.execution;

import io.legwork.ledger.ClaimedTask;
import io.legwork.worker.execution.TaskTraces.Trace;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes a handler's lines to the worker's log, with the task they belong to. Thread-safe. */
final class TaskLogger implements System.Logger {

  /** A line is for people; what is longer is cut off. */
  private static final int LONGEST = 4000;

  private final org.slf4j.Logger log;
  private final ClaimedTask task;

  TaskLogger(ClaimedTask task) {
    this.log = LoggerFactory.getLogger("task." + task.type());
    this.task = task;
  }

  @Override
  public String getName() {
    return log.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return level != Level.OFF && log.isEnabledForLevel(levelOf(level));
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      LoggingEventBuilder line = line(level);
      if (thrown != null) {
        line = line.setCause(thrown);
      }
      line.log(cut(localised(bundle, message)));
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String text = localised(bundle, format);
      boolean plain = parameters == null || parameters.length == 0;
      line(level).log(cut(plain ? text : MessageFormat.format(text, parameters)));
    }
  }

  private LoggingEventBuilder line(Level level) {
    LoggingEventBuilder line =
        log.atLevel(levelOf(level))
            .addKeyValue("task", task.id())
            .addKeyValue("attempt", task.attempt())
            .addKeyValue("type", task.type())
            .addKeyValue("tenant", task.tenant());
    String traceparent = task.traceparent();
    Trace trace = traceparent == null ? null : Trace.of(traceparent);
    return trace == null ? line : line.addKeyValue("trace.id", trace.traceId());
  }

  private static String localised(@Nullable ResourceBundle bundle, @Nullable String message) {
    String text = String.valueOf(message);
    return bundle != null && bundle.containsKey(text) ? bundle.getString(text) : text;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static org.slf4j.event.Level levelOf(Level level) {
    return switch (level) {
      case ALL, TRACE -> org.slf4j.event.Level.TRACE;
      case DEBUG -> org.slf4j.event.Level.DEBUG;
      case INFO -> org.slf4j.event.Level.INFO;
      case WARNING -> org.slf4j.event.Level.WARN;
      case ERROR, OFF -> org.slf4j.event.Level.ERROR;
    };
  }
}
