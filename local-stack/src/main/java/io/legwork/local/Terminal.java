package io.legwork.local;

import java.io.PrintStream;

/** Where the commands say what they do; lines from several threads do not mix. */
final class Terminal {

  private final PrintStream out;

  Terminal(PrintStream out) {
    this.out = out;
  }

  synchronized void say(String line) {
    out.println(line);
  }
}
