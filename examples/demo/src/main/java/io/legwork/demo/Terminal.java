package io.legwork.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where the demo writes. On a terminal there is a status line that is rewritten, and colour;
 * elsewhere the status is a plain line now and then.
 */
final class Terminal {

  private static final String START_OF_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean live;
  private final boolean colour;

  Terminal(PrintStream out, boolean live, boolean colour) {
    this.out = out;
    this.live = live;
    this.colour = colour;
  }

  /** The terminal this process was started in, or its standard output. */
  static Terminal standard(PrintStream out, Map<String, String> environment) {
    var interactive = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var live = interactive && !"dumb".equals(environment.get("TERM"));
    return new Terminal(out, live, live && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Whether the status line can be rewritten. */
  boolean live() {
    return live;
  }

  /** Writes a line that stays. */
  void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Shows what is going on; replaced by whatever is written next on a terminal. */
  void status(String text) {
    erase();
    if (live) {
      out.print(text);
    } else {
      out.println(text);
    }
    out.flush();
  }

  String bold(String text) {
    return styled("1", text);
  }

  String faint(String text) {
    return styled("2", text);
  }

  String good(String text) {
    return styled("32", text);
  }

  String bad(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private void erase() {
    if (live) {
      out.print(START_OF_LINE);
    }
  }
}
