package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

  @TempDir private Path cache;

  @Test
  void leavesWhatAnotherProcessHasUnpackedInTheMeantime() throws IOException {
    var folder = cache.resolve("postgresql");
    var faster = Files.createDirectories(folder.resolve("bin"));

    PostgresBinaries.unpack(PostgresBinaries.archive(), folder);

    assertThat(faster).isEmptyDirectory();
    assertThat(cache).isDirectoryNotContaining(path -> path.toString().contains("unpacking-"));
  }

  @Test
  void unpacksWhatCanBeRun() throws IOException {
    var folder = cache.resolve("postgresql");

    PostgresBinaries.unpack(PostgresBinaries.archive(), folder);

    assertThat(folder.resolve("bin/postgres")).isExecutable();
  }
}
