package io.legwork.producer;

import io.legwork.authentication.AccessConfiguration;
import io.legwork.process.ProcessConfiguration;
import io.legwork.process.ServiceMain;
import io.legwork.web.PlainWebConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Accepts tasks over HTTP, dispatches them and answers questions about them. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({ProcessConfiguration.class, AccessConfiguration.class, PlainWebConfiguration.class})
public class ProducerApplication {

  private ProducerApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceMain.run(ProducerApplication.class, arguments);
  }
}
