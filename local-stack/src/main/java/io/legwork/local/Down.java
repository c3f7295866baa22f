package io.legwork.local;

import io.legwork.local.service.LocalStackException;

/** Takes the stack down: the services first, then the servers they use. */
final class Down {

  private final Home home;
  private final Terminal terminal;

  Down(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** Ends every process of the stack; with {@code wipe} everything it kept is removed too. */
  void run(boolean wipe) {
    if (!home.state().toFile().exists()) {
      terminal.say("Nothing is running, and there is nothing to remove.");
      return;
    }
    try (var _ = LockFile.ofStack(home, terminal)) {
      stop();
      if (wipe) {
        Folders.delete(home.state());
        terminal.say("Removed %s".formatted(home.state()));
      }
    }
  }

  private void stop() {
    var settings = StackSettings.load(home.settings());
    var stack = settings.map(known -> Stack.of(home, known));
    if (stack.isEmpty() || !stack.get().hasProcesses()) {
      terminal.say("Nothing is running.");
      return;
    }
    Together.each(stack.get().services(), this::stop);
    Together.each(stack.get().servers(), this::stop);
    if (stack.get().hasProcesses()) {
      throw new LocalStackException(
          "Some processes did not end, not even when killed; `./legwork status` names them.");
    }
  }

  private void stop(Part part) {
    var ran = part.daemon().isRunning();
    part.stop();
    if (ran) {
      terminal.say("  %-10s stopped".formatted(part.name()));
    }
  }
}
