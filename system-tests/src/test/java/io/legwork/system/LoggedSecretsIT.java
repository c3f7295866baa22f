package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Looks for the secrets of all services in the logs of all services. The build runs it when all
 * other tests are over, in whatever JVM they were.
 */
class LoggedSecretsIT {

  @Test
  void noSecretOfAServiceIsInALog() throws IOException {
    assumeThat(Legwork.ALL_LOGS).as("the logs of other tests").exists();
    Set<String> secrets = secrets();

    List<Path> logs = files(".log");

    assertThat(secrets).hasSizeGreaterThan(3);
    assertThat(logs)
        .isNotEmpty()
        .allSatisfy(log -> {
          String text = Files.readString(log, StandardCharsets.ISO_8859_1);
          // Whoever reads that it failed is not to read the secret.
          assertThat(secrets.stream().filter(text::contains).count()).as("secrets").isZero();
        });
  }

  private static Set<String> secrets() throws IOException {
    Stream<String> ofServices =
        files(ServiceProcess.SECRETS).stream().flatMap(LoggedSecretsIT::lines);
    return Stream.concat(ofServices, Stream.of(WebhookInbox.SECRET)).collect(Collectors.toSet());
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Legwork.ALL_LOGS)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
