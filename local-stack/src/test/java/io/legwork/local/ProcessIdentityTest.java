package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private static final long OWN = ProcessHandle.current().pid();

  @Test
  void recognisesARunningProcess() {
    var self = ProcessIdentity.of(OWN).orElseThrow();

    assertThat(self.isAlive()).isTrue();
    assertThat(ProcessIdentity.of(OWN)).contains(self);
  }

  @Test
  void doesNotTakeALaterProcessForOneThatHadTheSameId() {
    var earlier = new ProcessIdentity(OWN, "another boot:1");

    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void knowsThatAProcessIsGone() throws Exception {
    var process = new ProcessBuilder("true").start();
    process.waitFor();

    assertThat(ProcessIdentity.of(process.pid())).isEmpty();
  }
}
