package io.legwork.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Has a program started again that ended although nobody asked it to, because it was killed, ran
 * out of memory or something in it has called {@code System.exit}. The supervisor is a shell that
 * stands in the program's place: it hands on the signal to end, and takes the program along if it
 * is killed itself.
 */
final class Supervision {

  /**
   * Not started again is what ended well, what says that it cannot run as it is set up (1), and
   * what was stopped by somebody else (130, 143).
   */
  private static final String SCRIPT =
      """
      stopping=
      trap 'stopping=yes; kill -TERM "$child" 2>/dev/null' TERM INT HUP
      while :; do
        setpriv --pdeathsig KILL -- "$@" &
        child=$!
        wait "$child"
        code=$?
        while [ -n "$stopping" ] && kill -0 "$child" 2>/dev/null; do
          wait "$child"
          code=$?
        done
        case $code in 0 | 1 | 130 | 143) exit "$code" ;; esac
        [ -z "$stopping" ] || exit "$code"
        echo "The process ended with $code although nobody asked it to; it is started again."
        sleep 1
        [ -z "$stopping" ] || exit "$code"
      done
      """;

  private Supervision() {}

  /** The command under supervision, or itself where the system has no {@code setpriv}. */
  static List<String> of(List<String> command) {
    if (Executables.find("setpriv").isEmpty()) {
      return command;
    }
    var supervised = new ArrayList<>(List.of("sh", "-c", SCRIPT, "legwork"));
    supervised.addAll(command);
    return supervised;
  }
}
