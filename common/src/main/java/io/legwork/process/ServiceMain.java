package io.legwork.process;

import java.net.URL;
import java.util.Arrays;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;

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
    if (isFoundOut(service) && isPackaged(service)) {
      SpringProperties.setFlag(AotDetector.AOT_ENABLED);
    }
    try {
      application.run(arguments);
    } catch (AbandonedRunException abandoned) {
      // Stopped while it waited: the shutdown is under way and has the last word.
      if (isAskedWhatItIsMadeOf(abandoned)) {
        throw abandoned;
      }
    }
  }

  /**
   * Whether the build has put in the outcome of Spring's ahead-of-time processing, which spares
   * each start the search for what the service is made of. An application of one's own need not.
   */
  private static boolean isFoundOut(Class<?> service) {
    return ClassUtils.isPresent(
        service.getName() + "__ApplicationContextInitializer", service.getClassLoader());
  }

  /** Classes in a folder are those of a developer, who changes them. */
  private static boolean isPackaged(Class<?> service) {
    URL origin = service.getProtectionDomain().getCodeSource().getLocation();
    return !origin.getProtocol().equals("file") || origin.getPath().endsWith(".jar");
  }

  /** That processing runs the main method until there is a context, and wants no more than that. */
  private static boolean isAskedWhatItIsMadeOf(AbandonedRunException abandoned) {
    return abandoned.getApplicationContext() != null;
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
