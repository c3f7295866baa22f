package io.legwork.local;

import io.legwork.local.service.Command;
import io.legwork.local.service.LocalStackException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Looks for what could keep the stack from running on this machine, and says how to mend it. */
final class Doctor {

  private static final int JAVA = 25;
  private static final long MEBIBYTE = 1024L * 1024;
  private static final long MEMORY = 3_000;
  private static final long DISK = 2_000;

  private record Finding(boolean good, String text) {}

  private record Check(String name, Supplier<Finding> finding) {}

  private final Home home;
  private final Terminal terminal;

  Doctor(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** Prints what was found; whether all is well. */
  boolean run() {
    var checks =
        List.of(
            new Check("JDK", this::java),
            new Check("RabbitMQ", this::rabbitMq),
            new Check("PostgreSQL", this::postgres),
            new Check("ports", this::ports),
            new Check("memory", this::memory),
            new Check("disk", this::disk));
    var good = true;
    for (var check : checks) {
      var finding = check.finding().get();
      good &= finding.good();
      terminal.say(
          "%-4s %-10s  %s".formatted(finding.good() ? "ok" : "BAD", check.name(), finding.text()));
    }
    return good;
  }

  private Finding java() {
    var version = Runtime.version();
    var javaHome = Path.of(System.getProperty("java.home"));
    if (version.feature() < JAVA || Files.notExists(javaHome.resolve("bin/javac"))) {
      return new Finding(
          false, "%s in %s is not a JDK %d; install one.".formatted(version, javaHome, JAVA));
    }
    return new Finding(true, "%s in %s".formatted(version, javaHome));
  }

  private Finding rabbitMq() {
    return RabbitMqInstallation.find()
        .map(found -> new Finding(true, found.server().toString()))
        .orElseGet(() -> new Finding(false, RabbitMqInstallation.MISSING));
  }

  private Finding postgres() {
    try {
      var command = List.of(PostgresBinaries.unpacked().resolve("bin/postgres").toString(), "-V");
      NonRoot.prefix();
      return new Finding(true, new Command(command).run(Duration.ofSeconds(20)).strip());
    } catch (LocalStackException e) {
      return new Finding(false, String.valueOf(e.getMessage()));
    }
  }

  private Finding ports() {
    var settings = StackSettings.load(home.settings());
    if (settings.isPresent() && Stack.of(home, settings.get()).hasProcesses()) {
      return new Finding(true, "in use by this stack; `./legwork status` lists them");
    }
    var taken =
        java.util.Arrays.stream(Port.values())
            .map(Port::preferred)
            .filter(port -> !FreePorts.isFree(port))
            .map(Object::toString)
            .toList();
    return new Finding(
        true,
        taken.isEmpty()
            ? "the usual ones are free"
            : "%s taken by others; free ones will be used".formatted(String.join(", ", taken)));
  }

  private Finding memory() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    var total = system.getTotalMemorySize() / MEBIBYTE;
    return total >= MEMORY
        ? new Finding(true, total + " MiB")
        : new Finding(
            false, "%d MiB; the whole stack needs about %d MiB.".formatted(total, MEMORY));
  }

  private Finding disk() {
    var free = home.root().toFile().getUsableSpace() / MEBIBYTE;
    return free >= DISK
        ? new Finding(true, free + " MiB free")
        : new Finding(
            false,
            "%d MiB free where %s is; make room for %d MiB.".formatted(free, home.root(), DISK));
  }
}
