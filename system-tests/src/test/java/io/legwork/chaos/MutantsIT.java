package io.legwork.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.chaos.check.Judgement;
import io.legwork.local.service.Applications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checker must notice when a promise is broken. Each mutant breaks one; what Legwork would
 * repair by other means is switched off with it, so that nothing hides what is broken, and the same
 * acts without the mutant must be green.
 */
@Tag("mutants")
@TestInstance(Lifecycle.PER_CLASS)
class MutantsIT {

  private static final Path AGENT = Path.of("mutants", "target", "mutants.jar").toAbsolutePath();
  private static final Path FOLDER = Path.of("target", "mutants");

  /** A lost message is repaired by the sweeper: without it, losing one is seen at once. */
  private static final String NO_SWEEPER = "sweeper-off";

  /** For systems that do come to rest. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Several times what a sound system needs. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(10);

  private final Applications applications = Applications.of(Path.of(".."));

  @BeforeAll
  static void forgetEarlierRuns() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> files = Files.walk(FOLDER)) {
        files.sorted(Comparator.reverseOrder()).forEach(MutantsIT::delete);
      }
    }
  }

  @AfterAll
  void removeApplications() {
    applications.close();
  }

  @Test
  void findsNothingWhereLossesAreRepaired() throws Exception {
    var judgement = judged("sound", "", List.of(Act.undisturbed(), Act.messagesLost()), PATIENCE);

    assertThat(judgement.findings()).filteredOn(finding -> !finding.holds()).isEmpty();
  }

  @Test
  void findsNothingWhereNothingIsLostThatNeedsRepair() throws Exception {
    var acts =
        List.of(Act.workerDies(), Act.connectionLost(), Act.bindingsLost(), Act.workerFrozen());
    var judgement = judged("without", NO_SWEEPER, acts, PATIENCE);

    assertThat(judgement.findings()).filteredOn(finding -> !finding.holds()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void notices(String mutant, Act act, List<String> invariants) throws Exception {
    var judgement = judged(act.name(), mutant, List.of(act), IMPATIENCE);

    assertThat(judgement.broken()).containsAnyElementsOf(invariants);
  }

  private static Stream<Arguments> mutants() {
    var unfinished = List.of("no loss", "bounded wait");
    return Stream.of(
        Arguments.of("batch-half-applied", Act.undisturbed(), List.of("no loss")),
        Arguments.of("no-idempotency", Act.undisturbed(), List.of("idempotency")),
        Arguments.of("event-outside-transaction", Act.undisturbed(), List.of("gap-free stream")),
        Arguments.of(NO_SWEEPER + "+ack-before-commit", Act.workerDies(), unfinished),
        Arguments.of(NO_SWEEPER + "+auto-ack", Act.workerDies(), unfinished),
        Arguments.of(NO_SWEEPER + "+confirm-ignored", Act.connectionLost(), unfinished),
        Arguments.of(NO_SWEEPER + "+return-ignored", Act.bindingsLost(), unfinished),
        Arguments.of("no-fence", Act.workerFrozen(), List.of("lease fence")),
        Arguments.of(NO_SWEEPER, Act.messagesLost(), unfinished));
  }

  private Judgement judged(String name, String mutant, List<Act> acts, Duration drain)
      throws Exception {
    boolean sound = mutant.isEmpty();
    var folder = Files.createDirectories(FOLDER.resolve(sound ? name : name + "-" + mutant));
    var options = sound ? List.<String>of() : List.of("-javaagent:" + AGENT + "=" + mutant);

    var judgement = new Play(applications, folder, options, drain).judged(acts);

    var expected = sound ? Set.<String>of() : Set.of(mutant.split("\\+", -1));
    assertThat(applied(folder.resolve("logs"))).isEqualTo(expected);
    return judgement;
  }

  /** The mutants that say in a service's log that they have changed something. */
  private static Set<String> applied(Path logs) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .flatMap(MutantsIT::lines)
          .filter(line -> line.startsWith("mutant: ") && line.contains(" has changed "))
          .map(line -> line.substring("mutant: ".length(), line.indexOf(" has changed ")))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
