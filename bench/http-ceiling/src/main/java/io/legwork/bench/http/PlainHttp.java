package io.legwork.bench.http;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Accepts tasks over HTTP and forgets them. It ends with its input, so that it outlives nobody. */
@SpringBootApplication(proxyBeanMethods = false)
public final class PlainHttp {

  private PlainHttp() {}

  /** Takes requests until the input ends. */
  public static void main(String[] arguments) throws IOException {
    SpringApplication.run(PlainHttp.class, arguments);
    while (System.in.read() >= 0) {
      // Nothing is asked for: only the end matters.
    }
    System.exit(0);
  }
}
