package io.legwork.examples.invoice;

import io.legwork.process.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** An ordinary Spring Boot application; the starter makes it a worker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InvoiceWorker {

  private InvoiceWorker() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) {
    ServiceMain.run(InvoiceWorker.class, arguments);
  }
}
