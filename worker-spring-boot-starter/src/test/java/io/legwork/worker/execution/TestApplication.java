package io.legwork.worker.execution;

import io.legwork.process.ServiceMain;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that has nothing but the starter. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestApplication {

  private TestApplication() {}

  static void main(String[] arguments) {
    ServiceMain.run(TestApplication.class, arguments);
  }
}
