package io.legwork.notifier;

import io.legwork.process.ServiceMain;
import io.legwork.process.StartConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Tells whoever asked what became of a task. */
@SpringBootApplication
@Import(StartConfiguration.class)
public class NotifierApplication {

  private NotifierApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceMain.run(NotifierApplication.class, arguments);
  }
}
