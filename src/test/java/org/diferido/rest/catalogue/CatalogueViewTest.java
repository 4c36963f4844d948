package org.diferido.rest.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.diferido.execution.CallRules;
import org.diferido.execution.CatalogueEntry;
import org.diferido.execution.CataloguePage;
import org.diferido.failure.Language;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.Signature;
import org.diferido.procedure.TestSignatures;
import org.junit.jupiter.api.Test;

class CatalogueViewTest {

  private static final CallRules USUAL = new CallRules(5, null, null, 1);

  private static JsonObject entry(CallRules rules, Language language, Signature... overloads) {
    return CatalogueView.entry(
        "p",
        new CatalogueEntry(List.of(overloads), ProcedureRuns.NONE, rules),
        SecretNames.parse("*clave*"),
        language);
  }

  private static JsonObject only(JsonObject entry) {
    assertThat(entry.getJsonArray("overloads")).hasSize(1);
    return entry.getJsonArray("overloads").getJsonObject(0);
  }

  @Test
  void aLineHasTheNameThatACallTakesAndWhereThatIs() {
    QualifiedName name = new QualifiedName("APP", "PKG ñ", "Mixta", true);
    CataloguePage page =
        new CataloguePage(
            List.of(
                new CataloguePage.Line(
                    new ListedProcedure(name, "\"PKG ñ\".\"Mixta\"", 1, 1), ProcedureRuns.NONE)),
            null);
    assertThat(CatalogueView.page(page).getJsonArray("procedures").getJsonObject(0))
        .hasToString(
            "{\"name\":\"\\\"PKG ñ\\\".\\\"Mixta\\\"\",\"full_name\":\"APP.PKG ñ.Mixta\","
                + "\"schema\":\"APP\",\"package\":\"PKG ñ\",\"kind\":\"mixed\",\"overloads\":2,"
                + "\"statistics\":{\"runs\":0},"
                + "\"links\":{\"self\":\"/procedures/%22PKG%20%C3%B1%22.%22Mixta%22\"}}");
  }

  @Test
  void statisticsTellHowManyCameBackWellAndHowLongThoseTook() {
    ProcedureRuns runs = ProcedureRuns.NONE.withFailure();
    for (int second = 1; second <= 2; second++) {
      runs = runs.with(Duration.ofSeconds(second));
    }
    QualifiedName name = new QualifiedName("APP", null, "P", true);
    JsonObject statistics =
        CatalogueView.page(
                new CataloguePage(
                    List.of(new CataloguePage.Line(new ListedProcedure(name, "P", 1, 0), runs)),
                    null))
            .getJsonArray("procedures")
            .getJsonObject(0)
            .getJsonObject("statistics");
    assertThat(statistics.getInt("runs")).isEqualTo(3);
    assertThat(statistics.getInt("succeeded")).isEqualTo(2);
    assertThat(statistics.getInt("failed")).isEqualTo(1);
    assertThat(statistics.get("success_rate")).hasToString("0.6667");
    assertThat(statistics.getInt("p50_ms")).isBetween(1000, 1200);
    assertThat(statistics.getInt("p95_ms")).isBetween(2000, 2400);
  }

  @Test
  void anOverloadTellsItsParametersAndWhichOfThemAreSecret() {
    JsonObject overload =
        only(
            entry(
                USUAL,
                Language.SPANISH,
                TestSignatures.procedure(
                    "PUBLIC",
                    "P",
                    "P_CLAVE IN VARCHAR(9)",
                    "P_N INOUT NUMBER DEFAULT",
                    "O OUT DATE")));
    assertThat(overload.getString("signature"))
        .isEqualTo("P(P_CLAVE IN VARCHAR(9), P_N INOUT NUMBER, O OUT DATE)");
    assertThat(overload.getJsonArray("params"))
        .hasToString(
            "[{\"name\":\"P_CLAVE\",\"direction\":\"IN\",\"type\":\"VARCHAR(9)\",\"optional\":false,"
                + "\"secret\":true},"
                + "{\"name\":\"P_N\",\"direction\":\"INOUT\",\"type\":\"NUMBER\",\"optional\":true,"
                + "\"secret\":false},"
                + "{\"name\":\"O\",\"direction\":\"OUT\",\"type\":\"DATE\",\"optional\":true,"
                + "\"secret\":false}]");
    assertThat(overload.getBoolean("callable")).isTrue();
    assertThat(overload).containsKeys("request_schema", "example");
  }

  @Test
  void whatCannotBeCalledSaysWhyInTheReadersLanguage() {
    Signature signature = TestSignatures.procedure("PUBLIC", "P", "P_X IN XML");
    JsonObject spanish = only(entry(USUAL, Language.SPANISH, signature));
    assertThat(spanish.getBoolean("callable")).isFalse();
    assertThat(spanish.getString("reason")).contains("XML").contains("tipo");
    assertThat(spanish).doesNotContainKeys("request_schema", "example");
    assertThat(only(entry(USUAL, Language.ENGLISH, signature)).getString("reason"))
        .isEqualTo("the type XML is not supported");
    Signature optional = TestSignatures.procedure("PUBLIC", "P", "P_X IN XML DEFAULT");
    assertThat(only(entry(USUAL, Language.SPANISH, optional)).getBoolean("callable")).isTrue();
  }

  @Test
  void rulesAreToldAsFarAsThereAreAny() {
    Signature signature = TestSignatures.procedure("PUBLIC", "P");
    assertThat(entry(USUAL, Language.SPANISH, signature).getJsonObject("rules"))
        .hasToString("{\"priority\":5,\"attempts\":1}");
    CallRules rules = new CallRules(1, Duration.ofMinutes(1), Duration.ofHours(1), 3);
    assertThat(entry(rules, Language.SPANISH, signature).getJsonObject("rules"))
        .hasToString(
            "{\"priority\":1,\"attempts\":3,\"timeout_seconds\":60,\"timeout_max_seconds\":3600}");
  }
}
