package io.legwork.local;

import io.legwork.local.service.Command;
import java.nio.file.Path;
import java.time.Duration;

/** Where Erlang keeps its port mapper, epmd. */
final class PortMapper {

  private static final String FIND =
      "io:format(\"~ts\", [filename:join([code:root_dir(), \"erts-\" ++"
          + " erlang:system_info(version), \"bin\", \"epmd\"])]), halt().";

  private PortMapper() {}

  /** The program; on the PATH, or else where Erlang says its own programs are. */
  static String program() {
    return Executables.find("epmd").map(Path::toString).orElseGet(PortMapper::askErlang);
  }

  private static String askErlang() {
    return new Command("erl", "-noshell", "-eval", FIND).run(Duration.ofSeconds(20)).strip();
  }
}
