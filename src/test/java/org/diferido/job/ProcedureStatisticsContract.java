package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of statistics keeps to. */
public abstract class ProcedureStatisticsContract {

  private static final ProcedureRuns RUN = ProcedureRuns.NONE.with(Duration.ofSeconds(3));

  protected abstract ProcedureStatistics statistics() throws Exception;

  @Test
  void whatIsAddedIsThereByItsProcedure() throws Exception {
    ProcedureStatistics statistics = statistics();
    assertThat(statistics.all()).isEmpty();
    statistics.add("APP.P", RUN);
    statistics.add("APP.P", ProcedureRuns.NONE.with(Duration.ofHours(2)));
    statistics.add("APP.ñ\"'", RUN);
    assertThat(statistics.all()).containsOnlyKeys("APP.P", "APP.ñ\"'");
    assertThat(statistics.all().get("APP.P")).isEqualTo(RUN.with(Duration.ofHours(2)));
  }

  @Test
  void whatFailedIsCountedAlsoWhereNothingEverCameBackWell() throws Exception {
    ProcedureStatistics statistics = statistics();
    statistics.add("APP.P", ProcedureRuns.NONE.withFailure());
    statistics.add("APP.P", ProcedureRuns.NONE.withFailure().withFailure());
    assertThat(statistics.all().get("APP.P")).isEqualTo(new ProcedureRuns(RunTimes.NONE, 0, 3));
    statistics.add("APP.P", RUN);
    statistics.add("APP.P", ProcedureRuns.NONE.withFailure());
    assertThat(statistics.all().get("APP.P")).isEqualTo(new ProcedureRuns(RUN.times(), 1, 4));
  }

  @Test
  void theRunsOfSomeAreHadWithoutThoseOfTheOthers() throws Exception {
    ProcedureStatistics statistics = statistics();
    statistics.add("APP.P", RUN);
    statistics.add("APP.Q", RUN.withFailure());
    statistics.add("APP.R", RUN);
    assertThat(statistics.of(List.of("APP.Q", "APP.P", "APP.NADA")))
        .isEqualTo(Map.of("APP.P", RUN, "APP.Q", RUN.withFailure()));
    assertThat(statistics.of(List.of())).isEmpty();
  }

  @Test
  void eightNodesThatAddAtOnceLoseNothing() throws Exception {
    ProcedureStatistics statistics = statistics();
    List<Callable<Boolean>> adds =
        IntStream.range(0, 80)
            .<Callable<Boolean>>mapToObj(
                at ->
                    () -> {
                      statistics.add("APP.P", RUN);
                      return true;
                    })
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> each : threads.invokeAll(adds)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(statistics.all().get("APP.P").times().count()).isEqualTo(80);
    assertThat(statistics.all().get("APP.P").succeeded()).isEqualTo(80);
  }
}
