package io.legwork.notifier;

import io.legwork.authentication.AccessConfiguration;
import io.legwork.process.ServiceMain;
import io.legwork.process.StartConfiguration;
import io.legwork.web.PlainWebConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Tells whoever asked what became of a task. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({StartConfiguration.class, AccessConfiguration.class, PlainWebConfiguration.class})
public class NotifierApplication {

  private NotifierApplication() {}

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceMain.run(NotifierApplication.class, arguments);
  }
}
