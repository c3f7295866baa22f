package io.legwork.notifier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Tells whoever asked what became of a task. */
@SpringBootApplication
public class NotifierApplication {

  private NotifierApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(NotifierApplication.class, arguments);
  }
}
