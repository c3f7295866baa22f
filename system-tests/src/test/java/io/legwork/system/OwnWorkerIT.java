package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that a team ships with its own handlers works beside the workers of Legwork. */
class OwnWorkerIT {

  private static final Path EXAMPLE =
      Path.of("..", "examples", "worker-app", "target", "invoice-worker-app.jar");

  @Test
  void runsHandlersThatAreBeansOfAnApplication() throws Exception {
    var legwork = Legwork.shared();
    var worker = legwork.application("own-worker", EXAMPLE);
    worker.start();
    try {
      worker.awaitReady();

      var line = Map.of("item", "pen", "quantity", 4, "price", 2.50);
      var id =
          legwork
              .api()
              .submit(aTask("invoice.total", Map.of("country", "FR", "lines", List.of(line))));

      var done = legwork.api().awaitEnd(id);
      assertThat(Api.state(done)).isEqualTo("SUCCEEDED");
      assertThat(done.path("result").path("gross").decimalValue()).isEqualByComparingTo("12.00");
      assertThat(worker.stop()).isZero();
    } finally {
      worker.kill();
    }
  }
}
