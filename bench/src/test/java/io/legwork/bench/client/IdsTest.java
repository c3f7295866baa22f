package io.legwork.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdsTest {

  private static final UUID ONE = UUID.fromString("01a1f8e1-2ad0-7000-ac8a-e35c78f3cb0e");
  private static final UUID TWO = UUID.fromString("01a1f8e1-2ad1-7000-8000-00000000000f");

  private final Ids ids = new Ids();

  @Test
  void findsEveryIdOfAnAnswerAndKeepsItInAFile(@TempDir Path folder) throws IOException {
    var answer =
        "xx{\"items\":[{\"status\":202,\"id\":\"%s\"},{\"id\":\"%s\"}]}yy".formatted(ONE, TWO);
    var bytes = answer.getBytes(StandardCharsets.UTF_8);

    assertThat(ids.addAll(bytes, 2, bytes.length - 2)).isEqualTo(2);

    var file = folder.resolve("ids");
    Ids.write(List.of(ids), file);
    assertThat(Ids.read(file)).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void doesNotReadBeyondTheAnswer() {
    var bytes = "{\"id\":\"%s\"}".formatted(ONE).getBytes(StandardCharsets.UTF_8);

    assertThat(ids.addAll(bytes, 0, bytes.length - 10)).isZero();
  }
}
