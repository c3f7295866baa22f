package io.legwork.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Brings the stack up: starts what is not running, replaces what runs from an older build, and
 * leaves the rest alone. Returns when everything takes clients.
 */
final class Up {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Home home;
  private final Terminal terminal;

  Up(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** The settings that the running stack has. */
  StackSettings run() {
    try (var _ = StackLock.acquire(home, terminal)) {
      RabbitMqInstallation.required();
      var settings = settings();
      var stack = Stack.of(home, settings);
      stack.services().forEach(ServicePart::requireBuilt);
      if (stack.parts().stream().noneMatch(part -> part.daemon().isRunning())) {
        terminal.say("Starting Legwork; everything it keeps is in %s".formatted(home.state()));
      }
      new HandlerFolder(home).refresh();
      stopOutdated(stack);
      start(stack, settings);
      return settings;
    }
  }

  /** The saved settings, with other ports where those of a stopped part were taken meanwhile. */
  private StackSettings settings() {
    var saved = StackSettings.load(home.settings());
    if (saved.isEmpty()) {
      var chosen = StackSettings.choose();
      chosen.save(home.settings());
      return chosen;
    }
    var settings = saved.get();
    var idle = new ArrayList<Port>();
    for (var part : Stack.of(home, settings).parts()) {
      if (!part.daemon().isRunning()) {
        idle.addAll(part.ports());
      }
    }
    var usable = settings.withFree(idle);
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
    Together.each(stack.servers(), part -> start(part, settings));
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
