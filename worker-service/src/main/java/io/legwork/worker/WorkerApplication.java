package io.legwork.worker;

import io.legwork.process.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The worker that comes with Legwork: the starter, and nothing of its own. */
@SpringBootApplication
public class WorkerApplication {

  private WorkerApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceMain.run(WorkerApplication.class, arguments);
  }
}
