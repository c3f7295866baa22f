package io.legwork.process;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Runs a service as a process. Whoever asks it to end gets the exit code 0 once everything was
 * stopped in order (guarantee G11), in place of the 143 that a JVM answers a SIGTERM with; a start
 * that failed keeps its own. A service that ends although nobody asked it to, because something in
 * it has called {@code System.exit}, is stopped in order too, but never ends with 0: whoever
 * supervises it is to start it again.
 */
public final class ServiceMain {

  /** EX_SOFTWARE of sysexits.h. */
  private static final int ENDED_FROM_WITHIN = 70;

  /** What a JVM waits in, on a thread of its own, when it was told to end by a signal. */
  private static final String SIGNAL_HANDLER = "java.lang.Terminator";

  private ServiceMain() {}

  /** To be called by the main method, and by nobody else: it decides on the process's exit code. */
  public static void run(Class<?> service, String[] arguments) {
    var stop = new CleanStop();
    // The handlers run in the reverse order, after all contexts are closed: this one runs last.
    SpringApplication.getShutdownHandlers().add(stop);
    var application = new SpringApplication(service);
    application.addListeners(stop);
    try {
      application.run(arguments);
    } catch (AbandonedRunException stoppedWhileItWaited) {
      // The shutdown is under way and has the last word.
    }
  }

  private static final class CleanStop implements ApplicationListener<ApplicationEvent>, Runnable {

    private volatile boolean started;
    private volatile boolean closed;
    private volatile boolean failed;

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
      switch (event) {
        case ApplicationStartedEvent _ -> started = true;
        case ContextClosedEvent _ -> closed = true;
        case ApplicationFailedEvent _ -> failed |= !closed;
        default -> {}
      }
    }

    @Override
    public void run() {
      if (started && !failed) {
        Runtime.getRuntime().halt(wasAskedToEnd() ? 0 : ENDED_FROM_WITHIN);
      }
    }

    private static boolean wasAskedToEnd() {
      return Thread.getAllStackTraces().values().stream()
          .flatMap(Arrays::stream)
          .anyMatch(frame -> frame.getClassName().startsWith(SIGNAL_HANDLER));
    }
  }
}
