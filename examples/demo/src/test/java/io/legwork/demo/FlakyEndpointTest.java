package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlakyEndpointTest {

  private final LocalHttp http = new LocalHttp(new FlakyEndpoint());

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void refusesEveryTenthNumberOnce() throws Exception {
    assertThat(refused()).containsExactly(10, 20, 30);
    assertThat(refused()).isEmpty();
  }

  @Test
  void answersWithTheNumber() throws Exception {
    assertThat(http.get("7").body()).asString().isEqualTo("{\"number\":7}");
  }

  @Test
  void knowsNothingButNumbers() throws Exception {
    assertThat(http.get("seven").statusCode()).isEqualTo(404);
  }

  private List<Integer> refused() throws IOException, InterruptedException {
    var refused = new ArrayList<Integer>();
    for (int number = 1; number <= 30; number++) {
      if (http.get(String.valueOf(number)).statusCode() == 503) {
        refused.add(number);
      }
    }
    return refused;
  }
}
