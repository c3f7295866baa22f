package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real database as processes of their own; the services are stand-ins. */
class LocalStackIT {

  private static final String ALL_READY = "(?s).*(ready.*){6}";

  @TempDir private Path root;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void build() throws IOException {
    Assumptions.assumeTrue(RabbitMqInstallation.find().isPresent(), RabbitMqInstallation.MISSING);
    for (var module : List.of("producer-service", "notifier-service", "worker-service")) {
      FakeService.build(root, module);
    }
  }

  @AfterEach
  void endEverything() {
    legwork("down");
  }

  @Test
  void leavesNothingBehindWhenItGoesDown() throws IOException {
    assertThat(legwork("up")).isZero();
    var processes = processes();
    assertThat(processes).hasSize(6);
    assertThat(legwork("status")).isZero();
    assertThat(printed()).matches(ALL_READY);
    assertThat(Files.getPosixFilePermissions(root.resolve(".legwork"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(home().settings())).hasSize(2);

    assertThat(legwork("down", "--wipe")).isZero();

    assertThat(processes.values()).noneMatch(ProcessIdentity::isAlive);
    assertThat(processesThatMention(root)).isEmpty();
    assertThat(root.resolve(".legwork")).doesNotExist();
    assertThat(legwork("status")).isOne();
  }

  @Test
  void restartsOnlyWhatDied() {
    assertThat(legwork("up")).isZero();
    var before = processes();
    kill(before, "worker-1");
    kill(before, "broker");
    assertThat(Readiness.within(Duration.ofSeconds(10), () -> legwork("status") != 0)).isTrue();
    assertThat(printed()).contains("worker-1", "down");

    assertThat(legwork("up")).isZero();

    var after = processes();
    assertThat(after).hasSize(6);
    assertThat(changed(before, after)).containsExactlyInAnyOrder("broker", "worker-1");
    assertThat(legwork("status")).isZero();

    assertThat(legwork("up")).isZero();

    assertThat(processes()).isEqualTo(after);
  }

  @Test
  void replacesAServiceThatWasBuiltAnew() throws IOException {
    assertThat(legwork("up")).isZero();
    var before = processes();
    var jar = root.resolve("producer-service/target/producer-service-1-app.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(legwork("up")).isZero();

    assertThat(changed(before, processes())).as(this::printed).containsExactly("producer");
  }

  @Test
  void takesOtherPortsWhereTheUsualOnesAreTaken() throws IOException {
    try (var other = listenOn(Port.PRODUCER_MANAGEMENT);
        var another = listenOn(Port.BROKER)) {
      assertThat(legwork("up")).isZero();

      var settings = StackSettings.load(home().settings()).orElseThrow();
      assertThat(settings.port(Port.PRODUCER_MANAGEMENT)).isNotEqualTo(other.getLocalPort());
      assertThat(settings.port(Port.BROKER)).isNotEqualTo(another.getLocalPort());
      assertThat(legwork("status")).isZero();
    }
  }

  @Test
  void startsNothingWhenAServiceIsNotBuilt() throws IOException {
    Files.delete(root.resolve("worker-service/target/worker-service-1-app.jar"));

    assertThatThrownBy(() -> new Up(home(), terminal()).run())
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("package");
    assertThat(processes()).isEmpty();
  }

  /** The port is ours, or somebody else's already: either way it is taken. */
  private static ServerSocket listenOn(Port port) throws IOException {
    return FreePorts.isFree(port.preferred())
        ? new ServerSocket(port.preferred(), 1, InetAddress.getLoopbackAddress())
        : new ServerSocket();
  }

  private Home home() {
    return new Home(root, root.resolve(".legwork"));
  }

  private Terminal terminal() {
    return new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private int legwork(String... arguments) {
    output.reset();
    return new Legwork(home(), terminal()).run(List.of(arguments));
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private Map<String, ProcessIdentity> processes() {
    return Stack.of(home(), StackSettings.load(home().settings()).orElseThrow()).parts().stream()
        .filter(part -> part.daemon().isRunning())
        .collect(Collectors.toMap(Part::name, part -> part.daemon().running().orElseThrow()));
  }

  private static void kill(Map<String, ProcessIdentity> processes, String name) {
    Signal.KILL.sendTo(Objects.requireNonNull(processes.get(name), name).pid());
  }

  private static List<String> changed(
      Map<String, ProcessIdentity> before, Map<String, ProcessIdentity> after) {
    return after.keySet().stream()
        .filter(name -> !Objects.equals(after.get(name), before.get(name)))
        .toList();
  }

  private static List<String> processesThatMention(Path folder) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(folder.toString()))
        .toList();
  }
}
