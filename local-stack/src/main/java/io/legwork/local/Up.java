package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Brings the stack up: starts what is not running, replaces what runs from an older build, and
 * leaves the rest alone. Returns when everything takes clients.
 */
final class Up {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration PORT_GRACE = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;

  private final Home home;
  private final Terminal terminal;

  Up(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** The settings that the running stack has. */
  StackSettings run() {
    RabbitMqInstallation.required();
    try (var _ = LockFile.ofStack(home, terminal)) {
      new HandlerFolder(home).refresh();
      var stack = Stack.of(home, settings());
      stack.services().forEach(ServicePart::requireBuilt);
      if (stack.parts().stream().noneMatch(part -> part.daemon().isRunning())) {
        terminal.say("Starting Legwork; everything it keeps is in %s".formatted(home.state()));
        terminal.say("Its tasks may send requests to public addresses and to this machine.");
      }
      try (var _ = LockFile.ofPorts(terminal)) {
        return bringUp();
      }
    }
  }

  /** A port may be taken between the moment we find it free and the moment we listen on it. */
  private StackSettings bringUp() {
    for (int attempt = 1; true; attempt++) {
      var settings = settings();
      var stack = Stack.of(home, settings);
      Folders.writeSecret(
          home.authorization(),
          "Authorization: Bearer %s%n".formatted(settings.apiKey()),
          "rw-------");
      try {
        stopOutdated(stack);
        start(stack, settings);
        return settings;
      } catch (LocalStackException e) {
        if (attempt == ATTEMPTS || settings.equals(settings())) {
          throw e;
        }
        terminal.say("A port was taken meanwhile; trying again with another.");
      }
    }
  }

  /**
   * The saved settings, with other ports where those of a stopped part were taken meanwhile. What a
   * part that died left running is ended first: it holds ports too.
   */
  private StackSettings settings() {
    var saved = StackSettings.load(home.settings());
    if (saved.isEmpty()) {
      var chosen = StackSettings.choose();
      chosen.save(home.settings());
      return chosen;
    }
    var settings = saved.get();
    var idle =
        Stack.of(home, settings).parts().stream()
            .filter(part -> !part.daemon().isRunning())
            .toList();
    idle.forEach(Part::stop);
    var ports = idle.stream().flatMap(part -> part.ports().stream()).toList();
    // A process that was killed may hold its ports a moment longer than it can be seen.
    Readiness.within(PORT_GRACE, () -> settings.areFree(ports));
    var usable = settings.withFree(ports);
    if (!usable.equals(settings)) {
      usable.save(home.settings());
    }
    return usable;
  }

  /** A service whose build or settings changed is stopped here, and started with the others. */
  private void stopOutdated(Stack stack) {
    var outdated =
        stack.services().stream()
            .filter(service -> service.daemon().isRunning() && !service.isCurrent())
            .toList();
    outdated.forEach(
        service -> terminal.say("  %-10s is replaced by a newer one".formatted(service.name())));
    Together.each(outdated, ServicePart::stop);
  }

  private void start(Stack stack, StackSettings settings) {
    var servers = stack.servers().stream().<Runnable>map(part -> () -> start(part, settings));
    var layOut = Stream.<Runnable>of(() -> stack.services().forEach(ServicePart::layOut));
    Together.each(Stream.concat(servers, layOut).toList(), Runnable::run);
    Together.each(stack.services(), part -> start(part, settings));
  }

  private void start(Part part, StackSettings settings) {
    var port = settings.port(part.ports().getFirst());
    if (part.daemon().isRunning()) {
      Readiness.of(part.daemon(), part.log(), LIMIT, part::isReady);
      terminal.say("  %-10s runs already     port %d".formatted(part.name(), port));
      return;
    }
    var begun = System.nanoTime();
    part.start();
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    terminal.say("  %-10s ready in %5.1f s  port %d".formatted(part.name(), millis / 1000.0, port));
  }
}
