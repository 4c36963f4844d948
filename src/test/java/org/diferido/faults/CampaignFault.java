package org.diferido.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.faults.cluster.FaultKind.AWAY;
import static org.diferido.faults.cluster.FaultKind.FAST_RESTART;
import static org.diferido.faults.cluster.FaultKind.IMMEDIATE_RESTART;
import static org.diferido.faults.cluster.FaultKind.KILL;
import static org.diferido.faults.cluster.FaultKind.LONG_PAUSE;
import static org.diferido.faults.cluster.FaultKind.NO_SPACE;
import static org.diferido.faults.cluster.FaultKind.ORDERLY_STOP;
import static org.diferido.faults.cluster.FaultKind.SHORT_PAUSE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.diferido.faults.Finding.Kind;
import org.diferido.faults.client.Ledger;
import org.diferido.faults.client.Load;
import org.diferido.faults.client.Pace;
import org.diferido.faults.cluster.Cluster;
import org.diferido.faults.cluster.FaultCampaign;
import org.diferido.faults.cluster.FaultCampaign.Happened;
import org.diferido.faults.cluster.FaultKind;
import org.diferido.faults.cluster.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of jobs while nodes are killed, stopped and paused and databases go away: every job
 * that was answered with 202 has one end, it is the truth, and no work is done twice.
 */
class CampaignFault {

  private static final int KEYS = 5_000;
  private static final int KEYS_ON_TWO = 1_200;

  @Test
  void onOneDatabaseWhatAJobSaysIsWhatWasDone(@TempDir Path folder) throws Exception {
    try (Cluster cluster = Cluster.onOneDatabase(folder)) {
      assertTruth(
          "Campaign on one database",
          cluster,
          (int) Report.number("faults.keys", KEYS),
          Map.of(
              KILL, 10,
              ORDERLY_STOP, 4,
              LONG_PAUSE, 4,
              SHORT_PAUSE, 4,
              FAST_RESTART, 5,
              IMMEDIATE_RESTART, 5,
              AWAY, 1,
              NO_SPACE, 1));
    }
  }

  @Test
  void onTwoDatabasesWhatIsNotKnownIsSaidToBeSo(@TempDir Path folder) throws Exception {
    try (Cluster cluster = Cluster.onTwoDatabases(folder)) {
      assertTruth(
          "Campaign on two databases",
          cluster,
          (int) Math.min(KEYS_ON_TWO, Report.number("faults.keys", KEYS_ON_TWO)),
          Map.of(
              KILL, 4,
              ORDERLY_STOP, 2,
              LONG_PAUSE, 2,
              SHORT_PAUSE, 2,
              FAST_RESTART, 3,
              IMMEDIATE_RESTART, 3,
              NO_SPACE, 1));
    }
  }

  private static void assertTruth(
      String title, Cluster cluster, int keys, Map<FaultKind, Integer> counts) throws Exception {
    Report report = new Report(title);
    long seed = Report.seed();
    FaultPlan plan = FaultPlan.of(counts, new Random(seed));
    Ledger ledger = new Ledger();
    Judge judge = new Judge(cluster, ledger);
    List<Happened> happened = new ArrayList<>();
    try (FaultCampaign campaign = new FaultCampaign(cluster, plan, seed);
        Load load = Load.ofAllKinds(cluster, ledger, new Pace(keys, campaign::secondsLeft), seed)) {
      campaign.start();
      load.start();
      campaign.await();
      load.await();
      happened.addAll(campaign.happened());
      report.line("faults", happened.size());
      report.lines("by kind", campaign.counts());
    }
    judge.judge();
    List<Finding> findings = new ArrayList<>(judge.findings());
    happened.stream()
        .filter(Happened::isNotStopped)
        .forEach(each -> findings.add(new Finding(Kind.NOT_STOPPED, "", "" + each)));
    report.line("keys", ledger.all().size());
    report.line("rows", judge.rows());
    report.lines("states", judge.states());
    report.findings(findings);
    report.lines("answers", ledger.answers());
    report.lines("foreign", ledger.samples());
    happened.sort(Comparator.comparing(Happened::at));
    report.lines("timeline", happened);
    report.write();
    assertThat(happened).hasSize(plan.size());
    assertThat(ledger.all()).hasSize(keys);
    assertThat(findings).isEmpty();
  }
}
