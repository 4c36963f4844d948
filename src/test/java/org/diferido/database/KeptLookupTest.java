package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import javax.sql.DataSource;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class KeptLookupTest {

  private final HandClock clock = new HandClock();
  private boolean gone;
  private final KeptLookup lookup = new KeptLookup(this::found, clock, Duration.ofSeconds(1));

  private DataSource found() {
    if (gone) {
      throw new IllegalStateException("no such name");
    }
    return new PGSimpleDataSource();
  }

  @Test
  void forAWhileItIsTheSame() {
    DataSource first = lookup.get();
    clock.advance(Duration.ofMillis(999));
    assertThat(lookup.get()).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(lookup.get()).isNotSameAs(first);
  }

  @Test
  void whatIsGoneIsNotedAfterAWhile() {
    lookup.get();
    gone = true;
    lookup.get();
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(lookup::get).hasMessage("no such name");
    gone = false;
    assertThat(lookup.get()).isNotNull();
  }

  @Test
  void aClockSetBackDoesNotKeepIt() {
    DataSource first = lookup.get();
    clock.advance(Duration.ofHours(-1));
    assertThat(lookup.get()).isNotSameAs(first);
  }
}
