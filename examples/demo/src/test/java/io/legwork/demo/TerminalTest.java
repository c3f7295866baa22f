package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void rewritesTheStatusWhereItCan() {
    var terminal = new Terminal(out, true, true);
    terminal.status("1 of 2");
    terminal.status("2 of 2");
    terminal.line(terminal.good("done"));

    assertThat(text())
        .isEqualTo("\r\u001b[2K1 of 2\r\u001b[2K2 of 2\r\u001b[2K\u001b[32mdone\u001b[0m\n");
  }

  @Test
  void writesPlainLinesElsewhere() {
    var terminal = new Terminal(out, false, false);
    terminal.status("1 of 2");
    terminal.line(terminal.bad("broken"));

    assertThat(text()).isEqualTo("1 of 2\nbroken\n");
  }

  @Test
  void isPlainInATestRun() {
    var terminal = Terminal.standard(out, Map.of("TERM", "dumb"));

    assertThat(terminal.live()).isFalse();
    assertThat(terminal.bold("plain")).isEqualTo("plain");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
