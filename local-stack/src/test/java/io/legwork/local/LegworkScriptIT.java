package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.service.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a checkout of its own, with stand-ins that say how they were called. */
class LegworkScriptIT {

  private static final List<String> COMMANDS =
      List.of("up", "down", "status", "logs", "demo", "settings", "secrets", "test", "doctor");
  private static final String BUILD =
      """
      #!/bin/sh
      echo "maven $*"
      for module in producer-service worker-service notifier-service local-stack \\
        examples/handlers examples/demo; do
        mkdir -p "$(dirname "$0")/$module/target/lib"
        : > "$(dirname "$0")/$module/target/$(basename $module)-1.jar"
      done
      """;

  @TempDir private Path folder;

  private Path root;
  private Path jdk;

  @BeforeEach
  void prepare() throws IOException {
    root = folder.resolve("checkout");
    jdk = folder.resolve("jdk");
    Files.createDirectories(root.resolve("common/src/main"));
    Files.createDirectories(root.resolve("examples/demo/src/main"));
    for (var pom : List.of("pom.xml", "common/pom.xml", "examples/demo/pom.xml")) {
      Files.writeString(root.resolve(pom), "<project/>");
    }
    Files.copy(Path.of("../legwork"), root.resolve("legwork"));
    program(root.resolve("legwork"), Files.readString(root.resolve("legwork")));
    program(root.resolve("mvnw"), BUILD);
    program(folder.resolve("bin/rabbitmq-server"), "#!/bin/sh\n");
    program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    program(jdk.resolve("bin/java"), "#!/bin/sh\necho \"java $*\"\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  @Test
  void listsItsCommandsWithALineOfHelpEach() {
    var result = legwork();

    assertThat(result.succeeded()).isTrue();
    assertThat(COMMANDS)
        .allSatisfy(command ->
            assertThat(result.output()).containsPattern("(?m)^  " + command + " .* \\w+"));
  }

  @Test
  void refusesACommandItDoesNotKnow() {
    var result = legwork("fly");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("\"fly\"", "doctor");
  }

  @Test
  void buildsOnceAndAgainOnlyWhenASourceChanged() throws IOException {
    assertThat(legwork("up").output()).contains("package", "io.legwork.local.Legwork up");
    assertThat(legwork("up").output())
        .doesNotContain("maven")
        .contains("io.legwork.local.Legwork up");

    var source = root.resolve("common/src/main/Changed.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

    assertThat(legwork("up").output()).contains("maven");
  }

  @Test
  void saysThatTheBuildFailed() throws IOException {
    program(root.resolve("mvnw"), "#!/bin/sh\necho broken\nexit 1\n");

    var result = legwork("up");

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("broken", "the build failed").doesNotContain("java ");
  }

  @Test
  void handsTheOptionsOfTestToMaven() {
    assertThat(legwork("test", "-pl", "common").output()).contains("verify -pl common");
  }

  @Test
  void passesOverAJdkThatIsTooOld() throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

    assertThat(legwork("up").output()).doesNotContain("java -XX");
  }

  @Test
  void writesSecretsForComposeOnce() throws IOException {
    Files.copy(Path.of("../.env.example"), root.resolve(".env.example"));
    Path secrets = root.resolve(".env");

    assertThat(legwork("secrets").output()).contains(".env");

    String written = Files.readString(secrets);
    assertThat(requiredByCompose())
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(written)
                .containsPattern("(?m)^" + name + "=(lw_default_|whsec_)?[0-9A-Za-z+/]{43,64}=?$"));
    assertThat(
            written
                .lines()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .map(line -> line.substring(line.indexOf('='))))
        .doesNotHaveDuplicates();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rw-------");
    assertThat(legwork("secrets").output()).contains("left alone");
    assertThat(secrets).hasContent(written);
  }

  /** Variables that docker-compose.yml has no default for. */
  private static Set<String> requiredByCompose() throws IOException {
    return Pattern.compile("\\$\\{(\\w+):\\?")
        .matcher(Files.readString(Path.of("../docker-compose.yml")))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private Command.Result legwork(String... arguments) {
    var command = new ArrayList<>(List.of(root.resolve("legwork").toString()));
    command.addAll(List.of(arguments));
    var environment = new HashMap<>(System.getenv());
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    return new Command(command).environment(environment).attempt(Duration.ofMinutes(1));
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
