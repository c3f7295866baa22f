package io.legwork.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Takes tasks from their queues, runs them and records how they ended. */
@SpringBootApplication
public class WorkerApplication {

  private WorkerApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(WorkerApplication.class, arguments);
  }
}
