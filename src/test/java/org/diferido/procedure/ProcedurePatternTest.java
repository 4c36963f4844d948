package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.diferido.procedure.NameArea.Beginning;
import org.junit.jupiter.api.Test;

class ProcedurePatternTest {

  private static boolean begins(String name, Beginning how) {
    String folded = name.toUpperCase(Locale.ROOT);
    String text = how.text().toUpperCase(Locale.ROOT);
    return how.whole() ? folded.equals(text) : folded.startsWith(text);
  }

  private static boolean isIn(NameArea area, QualifiedName name) {
    return (area.schema() == null ? name.inDefaultSchema() : begins(name.schema(), area.schema()))
        && begins(name.object(), area.object());
  }

  @Property(tries = 3000)
  void whatItMatchesIsInOneOfItsAreas(
      @ForAll @Chars({'A', 'b', '_', '.', '*'}) @StringLength(min = 1, max = 7) String pattern,
      @ForAll @Chars({'a', 'B', '_'}) @StringLength(min = 1, max = 2) String schema,
      @ForAll @Chars({'a', 'B', '_'}) @StringLength(max = 2) String pack,
      @ForAll @Chars({'a', 'B', '_'}) @StringLength(min = 1, max = 2) String name,
      @ForAll boolean inDefaultSchema) {
    ProcedurePattern parsed = ProcedurePattern.parse(pattern);
    QualifiedName qualified =
        new QualifiedName(schema, pack.isEmpty() ? null : pack, name, inDefaultSchema);
    if (parsed.matches(qualified)) {
      assertThat(parsed.areas()).anyMatch(area -> isIn(area, qualified));
    }
  }

  @Property(tries = 3000)
  void aStarStandsForAnything(
      @ForAll @Chars({'A', 'B', '.', '*'}) @StringLength(min = 1, max = 8) String pattern,
      @ForAll @Chars({'A', 'B', '.'}) @StringLength(max = 8) String name) {
    assertThat(ProcedurePattern.parse(pattern).matches(name))
        .as("%s of %s", pattern, name)
        .isEqualTo(name.matches(pattern.replace(".", "\\.").replace("*", ".*")));
  }

  @Test
  void manyStarsTakeNoLongerThanOne() {
    ProcedurePattern pattern = ProcedurePattern.parse("*".repeat(40) + ".*.*");
    String letters = "*a".repeat(40) + "*b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(pattern.matches("PKG_ETL.PROCESO_LARGO")).isFalse();
          assertThat(pattern.matches("DEMO.PKG_ETL.PROCESO_LARGO")).isTrue();
          assertThat(ProcedurePattern.parse(letters).matches("a".repeat(128))).isFalse();
        });
  }

  @Test
  void aPatternWithoutAStarIsLookedUpAndNotSoughtInAWholeDictionary() {
    assertThat(ProcedurePattern.parse("Proc_Test").areas())
        .containsExactly(new NameArea(null, new Beginning("Proc_Test", true)));
    assertThat(ProcedurePattern.parse("APP.PKG_ETL.PROCESO").areas())
        .containsExactly(
            new NameArea(null, new Beginning("APP", true)),
            new NameArea(new Beginning("APP", true), new Beginning("PKG_ETL", true)));
  }

  @Test
  void aStarBehindAPointLeavesTheSchemaKnown() {
    assertThat(ProcedurePattern.parse("PKG_ETL.*").areas())
        .containsExactly(
            new NameArea(null, new Beginning("PKG_ETL", true)),
            new NameArea(new Beginning("PKG_ETL", true), new Beginning("", false)));
    assertThat(ProcedurePattern.parse("PKG_*").areas())
        .containsExactly(
            new NameArea(null, new Beginning("PKG_", false)),
            new NameArea(new Beginning("PKG_", false), Beginning.ANY));
  }
}
