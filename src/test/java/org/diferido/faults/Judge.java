package org.diferido.faults;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.diferido.faults.Finding.Kind;
import org.diferido.faults.client.Ledger;
import org.diferido.faults.client.Submitted;
import org.diferido.faults.cluster.AuditedWork;
import org.diferido.faults.cluster.Cluster;
import org.diferido.it.Client;
import org.diferido.it.Client.Answer;

/** When everything is over: asks both nodes for every job, looks at the work done, and judges. */
final class Judge {

  /** A node's silence, the other one's right to judge, sessions that go on, and then the queue. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final int READERS = 8;

  private final Cluster cluster;
  private final Ledger ledger;
  private final List<JobSeen> seen = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> rowsBefore;
  private final int jobsBefore;
  private Map<String, Integer> rows = Map.of();

  /** Before anything happens: jobs and work that are there by now are somebody else's. */
  Judge(Cluster cluster, Ledger ledger) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.rowsBefore = AuditedWork.rows(cluster.procedures().source()).keySet();
    this.jobsBefore = total(0);
  }

  /** Waits until no job is live any more, or is found to be stuck, and judges. */
  void judge() throws Exception {
    try {
      await().atMost(LONGEST).pollInterval(Duration.ofMillis(500)).until(() -> cluster.live() == 0);
    } catch (ConditionTimeoutException e) {
      ledger.count("jobs that were live after " + LONGEST);
    }
    Map<String, Integer> totals = new LinkedHashMap<>();
    for (int node = 0; node < cluster.nodes().size(); node++) {
      totals.put("" + cluster.nodes().get(node), total(node) - jobsBefore);
      seen.addAll(read(node));
    }
    rows = new HashMap<>(AuditedWork.rows(cluster.procedures().source()));
    rows.keySet().removeAll(rowsBefore);
    Map<String, List<JobSeen>> byId = seen.stream().collect(Collectors.groupingBy(JobSeen::id));
    Verdict verdict = new Verdict(cluster.isJoined());
    for (Submitted what : ledger.all()) {
      findings.addAll(verdict.over(evidence(what, byId)));
    }
    Set<String> keys =
        ledger.all().stream().map(each -> each.work().key()).collect(Collectors.toSet());
    findings.addAll(Verdict.overStrangers(keys, rows, totals));
    ledger.wrongs().forEach(wrong -> findings.add(new Finding(Kind.WRONG_ANSWER, "", wrong)));
  }

  private int total(int node) {
    return client(node).listed("/jobs?limit=1000").size();
  }

  private Client client(int node) {
    return cluster.client(node).withPatience(Duration.ofSeconds(30));
  }

  private Evidence evidence(Submitted what, Map<String, List<JobSeen>> byId) {
    return new Evidence(
        what.work().key(),
        what.work().result(),
        what.isCancelAsked(),
        what.jobs(),
        what.ends(),
        what.jobs().stream().flatMap(id -> byId.getOrDefault(id, List.of()).stream()).toList(),
        rows.getOrDefault(what.work().key(), 0));
  }

  private List<JobSeen> read(int node) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      Client client = client(node);
      String name = "" + cluster.nodes().get(node);
      List<Future<JobSeen>> reading = new ArrayList<>();
      for (Submitted what : ledger.all()) {
        for (String id : what.jobs()) {
          reading.add(readers.submit(() -> seen(name, id, client.get("/jobs/" + id))));
        }
      }
      List<JobSeen> read = new ArrayList<>();
      for (Future<JobSeen> each : reading) {
        read.add(each.get());
      }
      return read;
    } finally {
      readers.shutdownNow();
    }
  }

  private static JobSeen seen(String node, String id, Answer answer) {
    if (answer.status() == 404 && answer.isOurs()) {
      return JobSeen.unknown(node, id);
    }
    if (answer.status() != 200) {
      throw new IllegalStateException("job " + id + ": " + answer.status() + " " + answer.text());
    }
    JsonObject job = answer.json();
    String code =
        job.containsKey("error_detail") ? job.getJsonObject("error_detail").getString("code") : "";
    String result = job.containsKey("result") ? job.get("result").toString() : "";
    return new JobSeen(node, id, 200, job.getString("state"), code, result);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  int rows() {
    return rows.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How the jobs have ended, as the first node tells them. */
  Map<String, Long> states() {
    String first = "" + cluster.nodes().get(0);
    return seen.stream()
        .filter(job -> job.node().equals(first))
        .map(job -> (job.state() + " " + job.code()).strip())
        .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
  }
}
