package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.Test;

class SignatureCacheTest {

  private static final ProcedureName NAME = ProcedureName.parse("PKG.P", null);
  private static final List<Signature> ONE =
      List.of(new Signature(new QualifiedName("APP", "PKG", "P", true), "1.1", List.of(), null));

  private final HandClock clock = new HandClock();
  private final AtomicInteger looks = new AtomicInteger();
  private final SignatureCache cache = new SignatureCache(clock, Duration.ofMinutes(1));

  @Test
  void theDictionaryIsAskedOnceInTheTimeThatAnAnswerIsKept() throws SQLException {
    find(NAME, ONE);
    clock.advance(Duration.ofSeconds(59));
    assertThat(find(NAME, List.of())).isEqualTo(ONE);
    assertThat(looks).hasValue(1);
    clock.advance(Duration.ofSeconds(1));
    find(NAME, ONE);
    assertThat(looks).hasValue(2);
  }

  @Test
  void whatIsNotThereIsLookedForAgain() throws SQLException {
    assertThat(find(NAME, List.of())).isEmpty();
    assertThat(find(NAME, ONE)).isEqualTo(ONE);
  }

  @Test
  void whatIsGoneAfterThatTimeIsForgotten() throws SQLException {
    find(NAME, ONE);
    clock.advance(Duration.ofSeconds(61));
    assertThat(find(NAME, List.of())).isEmpty();
    assertThat(find(NAME, List.of())).isEmpty();
    assertThat(looks).hasValue(3);
  }

  @Test
  void aNameInQuotesIsAnotherName() throws SQLException {
    find(NAME, ONE);
    assertThat(find(ProcedureName.parse("PKG.\"P\"", null), List.of())).isEmpty();
  }

  @Test
  void afterAnErrorThatMayComeOfItNothingIsKnownAnyMore() throws SQLException {
    find(NAME, ONE);
    cache.clear();
    assertThat(find(NAME, List.of())).isEmpty();
  }

  @Test
  void itDoesNotGrowWithoutBounds() throws SQLException {
    for (int number = 0; number < 5000; number++) {
      find(ProcedureName.parse("P" + number, null), ONE);
    }
    find(ProcedureName.parse("P0", null), ONE);
    assertThat(looks).hasValue(5001);
  }

  private List<Signature> find(ProcedureName name, List<Signature> found) throws SQLException {
    return cache.get(
        name,
        () -> {
          looks.incrementAndGet();
          return found;
        });
  }
}
