package io.legwork.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceContextTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03";
  private static final UUID TASK = UUID.fromString("0197f9a0-1c2d-7000-8000-000000000001");

  @Test
  void isPassedOnAsItCame() {
    assertThat(TraceContext.isValid(TRACE)).isTrue();
    assertThat(TraceContext.of(TRACE).traceparent()).isEqualTo(TRACE);
    assertThat(TraceContext.of(TRACE).span("1111111111111111").traceparent())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-1111111111111111-03");
  }

  @ParameterizedTest
  @CsvSource({"00,false", "01,true", "02,false", "03,true", "ff,true"})
  void knowsWhetherItIsRecorded(String flags, boolean sampled) {
    String traceparent = TRACE.substring(0, TRACE.length() - 2) + flags;

    assertThat(TraceContext.isSampled(traceparent)).isEqualTo(sampled);
  }

  @Test
  void givesEverySpanOfATaskAnIdOfItsOwnThatAnyProcessKnows() {
    Set<String> ids = new HashSet<>();
    for (long n = 0; n < 100; n++) {
      UUID task = new UUID(TASK.getMostSignificantBits(), TASK.getLeastSignificantBits() + n);
      for (int attempt = 1; attempt <= 100; attempt++) {
        ids.add(TaskSpan.attempt(task, attempt));
      }
      ids.add(TaskSpan.creation(task));
    }

    assertThat(ids).hasSize(100 * 101).allMatch(id -> id.matches("(?!0{16})[0-9a-f]{16}"));
    assertThat(TaskSpan.attempt(TASK, 2)).isEqualTo(TaskSpan.attempt(TASK, 2));
  }
}
