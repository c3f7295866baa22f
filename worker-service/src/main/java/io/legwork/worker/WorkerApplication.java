package io.legwork.worker;

import io.legwork.process.ProcessConfiguration;
import io.legwork.process.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Takes tasks from their queues, runs them and records how they ended. */
@SpringBootApplication
@Import(ProcessConfiguration.class)
public class WorkerApplication {

  private WorkerApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceMain.run(WorkerApplication.class, arguments);
  }
}
