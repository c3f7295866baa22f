package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileServerTest {

  @TempDir private Path folder;
  private LocalHttp http;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    http = new LocalHttp(new FileServer(Map.of("a.csv", folder.resolve("a.csv"))));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void servesWhatItWasGiven() throws Exception {
    var response = http.get("a.csv");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(response.body()).asString().isEqualTo("x,y\n1,2\n");
  }

  @Test
  void servesNothingElse() throws Exception {
    assertThat(http.get("secret.txt").statusCode()).isEqualTo(404);
    assertThat(http.get("..%2Fsecret.txt").statusCode()).isEqualTo(404);
  }
}
