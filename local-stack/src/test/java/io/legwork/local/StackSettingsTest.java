package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSettingsTest {

  @TempDir private Path folder;

  @Test
  void areTheSameAfterSavingAndLoading() {
    var settings = StackSettings.choose();

    settings.save(file());

    assertThat(StackSettings.load(file())).contains(settings);
  }

  @Test
  void areReadableToTheirOwnerAlone() throws IOException {
    StackSettings.choose().save(file());

    assertThat(Files.getPosixFilePermissions(file()))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  @Test
  void getAKeyIfTheyAreFromBeforeThereWereAny() throws IOException {
    StackSettings.choose().save(file());
    var lines =
        Files.readAllLines(file()).stream().filter(it -> !it.startsWith("api.key")).toList();
    Files.write(file(), lines);

    var loaded = StackSettings.load(file()).orElseThrow();

    assertThat(loaded.apiKey()).matches("lw_default_[0-9A-Za-z]{43}");
    assertThat(StackSettings.load(file())).contains(loaded);
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
  }

  @Test
  void areMissingBeforeTheFirstStart() {
    assertThat(StackSettings.load(file())).isEmpty();
  }

  @Test
  void sayWhatToDoWhenTheyCannotBeUsed() throws IOException {
    Files.writeString(file(), "port.database=none\n");

    assertThatThrownBy(() -> StackSettings.load(file()))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("down --wipe");
  }

  @Test
  void giveEveryPortANumberOfItsOwn() {
    assertThat(StackSettings.choose().ports().values())
        .doesNotHaveDuplicates()
        .hasSize(Port.values().length);
  }

  @Test
  void takeAnotherNumberOnlyForAPortThatIsAskedForAndTaken() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var chosen = StackSettings.choose();
      var ports = new EnumMap<Port, Integer>(chosen.ports());
      ports.put(Port.DATABASE, other.getLocalPort());
      var settings =
          new StackSettings(
              ports,
              chosen.databasePassword(),
              chosen.brokerPassword(),
              chosen.signingSecret(),
              chosen.apiKey());

      assertThat(settings.withFree(List.of())).isEqualTo(settings);
      assertThat(settings.withFree(List.of(Port.DATABASE)).port(Port.DATABASE))
          .isNotEqualTo(other.getLocalPort());
    }
  }

  private Path file() {
    return folder.resolve("stack.properties");
  }
}
