package org.diferido.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.faults.client.Ledger;
import org.diferido.faults.client.Load;
import org.diferido.faults.client.Pace;
import org.diferido.faults.client.Submitted;
import org.diferido.faults.client.SubmittingClient;
import org.diferido.faults.client.Work;
import org.diferido.faults.cluster.AuditedWork;
import org.diferido.faults.cluster.Cluster;
import org.diferido.faults.cluster.ClusterNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send again, at once and later, and clients that do not notice a new version. */
class ManyClientsFault {

  private static final int SUBMITS = 10_000;
  private static final int KEYS = 4_000;
  private static final int CLIENTS = 16;

  @TempDir private static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.onOneDatabase(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void tenThousandSubmitsWithFourThousandKeysAreFourThousandJobs() throws Exception {
    Report report = new Report("10 000 submits with 4 000 keys");
    Random random = new Random(Report.seed());
    int before = total();
    Ledger ledger = new Ledger();
    Judge judge = new Judge(cluster, ledger);
    List<Submitted> submits = submits(ledger, random);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (Submitted each : submits) {
        SubmittingClient client =
            new SubmittingClient(cluster, ledger, new Random(random.nextLong()));
        sent.add(
            clients.submit(
                () -> {
                  client.submit(each);
                  return null;
                }));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
    judge.judge();
    report.line("submits", submits.size());
    report.line("keys", ledger.all().size());
    report.line("jobs", total() - before);
    report.lines("states", judge.states());
    report.findings(judge.findings());
    report.lines("answers", ledger.answers());
    report.lines("foreign", ledger.samples());
    report.write();
    assertThat(judge.findings()).isEmpty();
    assertThat(total() - before).isEqualTo(KEYS);
    assertThat(AuditedWork.rows(cluster.procedures().source()).keySet())
        .filteredOn(id -> id.startsWith("d"))
        .hasSize(KEYS);
    assertThat(judge.states()).containsOnlyKeys("succeeded");
  }

  /** Each key once, and the rest by chance; some beside each other, so that they go at once. */
  private static List<Submitted> submits(Ledger ledger, Random random) {
    List<Submitted> submits = new ArrayList<>();
    for (int i = 0; i < SUBMITS; i++) {
      String key = "d" + (i < KEYS ? i : random.nextInt(KEYS));
      submits.add(ledger.begin(Work.quick(key)));
    }
    Collections.shuffle(submits, random);
    for (int i = 1; i < submits.size(); i += 10) {
      int other = submits.lastIndexOf(submits.get(i - 1));
      Collections.swap(submits, i, other == i - 1 ? i : other);
    }
    return submits;
  }

  /** One node after the other is stopped and started, as with a new version. */
  @Test
  void aRollingRestartLosesNothingAndFailsNothing() throws Exception {
    Report report = new Report("Rolling restart");
    Ledger ledger = new Ledger();
    Judge judge = new Judge(cluster, ledger);
    AtomicBoolean over = new AtomicBoolean();
    Pace pace = new Pace(1_000, () -> over.get() ? 0 : 25);
    List<Boolean> stopped = new ArrayList<>();
    try (Load load = Load.ofGoodWork(cluster, ledger, pace, Report.seed())) {
      load.start();
      for (ClusterNode node : cluster.nodes()) {
        stopped.add(node.stop());
        node.start();
      }
      over.set(true);
      load.await();
    }
    judge.judge();
    report.line("keys", ledger.all().size());
    report.line("stopped", stopped);
    report.lines("states", judge.states());
    report.findings(judge.findings());
    report.lines("answers", ledger.answers());
    report.lines("foreign", ledger.samples());
    report.write();
    assertThat(judge.findings()).isEmpty();
    assertThat(stopped).containsOnly(true);
    assertThat(judge.states()).containsOnlyKeys("succeeded");
  }

  private static int total() {
    return cluster.client(0).listed("/jobs?limit=1000").size();
  }
}
