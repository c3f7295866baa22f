package io.legwork.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  void letsReadWhoSubmitsOrOperatesButNotWhoKeepsTheKeys() {
    assertThat(allowed(Role.SUBMIT)).containsExactly(Role.SUBMIT, Role.READ);
    assertThat(allowed(Role.READ)).containsExactly(Role.READ);
    assertThat(allowed(Role.OPERATE)).containsExactly(Role.READ, Role.OPERATE);
    assertThat(allowed(Role.ADMIN)).containsExactly(Role.ADMIN);
  }

  @Test
  void leavesOutWhatIsNotInScope() {
    Scope scope = new Scope(Set.of("image.thumbnail"), Set.of("bulk"));

    assertThat(scope.covers("image.thumbnail", "bulk")).isTrue();
    assertThat(scope.covers("image.thumbnail", "default")).isFalse();
    assertThat(scope.covers("echo", "bulk")).isFalse();
    assertThat(Scope.ALL.covers("echo", "bulk")).isTrue();
    assertThat(scope.isLimited()).isTrue();
    assertThat(Scope.ALL.isLimited()).isFalse();
  }

  private static Set<Role> allowed(Role role) {
    Caller caller = Caller.withKey(new UUID(0, 1), "test", "default", Set.of(role), Scope.ALL);
    Set<Role> allowed = EnumSet.allOf(Role.class);
    allowed.removeIf(asked -> !caller.may(asked));
    return allowed;
  }
}
