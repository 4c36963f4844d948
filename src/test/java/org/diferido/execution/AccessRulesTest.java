package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.diferido.HandClock;
import org.diferido.procedure.QualifiedName;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

  private static final QualifiedName P = new QualifiedName("APP", null, "P", true);
  private static final QualifiedName Q = new QualifiedName("APP", null, "Q", true);

  private final HandClock clock = new HandClock();
  private String text = "a=P";
  private final AccessRules rules = new AccessRules(this::text, clock);

  private String text() {
    if (text == null) {
      throw new IllegalArgumentException("the file is gone");
    }
    return text;
  }

  private boolean grants(QualifiedName procedure) {
    return rules.grants(Set.of("a"), procedure);
  }

  @Test
  void aChangeCountsAfterSomeSeconds() {
    text = "a=Q";
    assertThat(grants(P)).isTrue();
    clock.advance(AccessRules.LOOKED_AT);
    assertThat(grants(P)).as("somebody may still be writing").isTrue();
    clock.advance(AccessRules.LOOKED_AT);
    assertThat(grants(P)).isFalse();
    assertThat(grants(Q)).isTrue();
  }

  @Test
  void whatCannotBeReadChangesNothing() {
    for (int looks = 0; looks < 3; looks++) {
      text = "a=P;DROP";
      clock.advance(AccessRules.LOOKED_AT);
      assertThat(grants(P)).isTrue();
    }
    text = null;
    clock.advance(AccessRules.LOOKED_AT);
    assertThat(grants(P)).isTrue();
    text = "";
    clock.advance(AccessRules.LOOKED_AT);
    grants(P);
    clock.advance(AccessRules.LOOKED_AT);
    assertThat(grants(P)).isFalse();
  }

  @Test
  void atStartItHasToBeReadable() {
    text = "a=P;DROP";
    assertThatThrownBy(() -> new AccessRules(this::text, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
