package io.legwork.producer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Accepts tasks over HTTP, dispatches them and answers questions about them. */
@SpringBootApplication
public class ProducerApplication {

  private ProducerApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(ProducerApplication.class, arguments);
  }
}
