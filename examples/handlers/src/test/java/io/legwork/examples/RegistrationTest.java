package io.legwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  @Test
  void bothHandlersAreFound() {
    assertThat(ServiceLoader.load(Handler.class))
        .extracting(handler -> handler.getClass().getAnnotation(Handles.class).value())
        .containsExactlyInAnyOrder("csv.profile", "image.thumbnail");
  }
}
