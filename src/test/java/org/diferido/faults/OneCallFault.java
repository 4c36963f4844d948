package org.diferido.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.diferido.faults.client.Work;
import org.diferido.faults.cluster.AuditedWork;
import org.diferido.faults.cluster.Cluster;
import org.diferido.faults.cluster.ClusterNode;
import org.diferido.faults.cluster.RowLock;
import org.diferido.faults.cluster.Sessions;
import org.diferido.it.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault at one known moment of a call, on one database. */
class OneCallFault {

  private static final int CANCELS = 20;
  private static final Duration CANCEL_REACHES_THE_DATABASE = Duration.ofSeconds(2);
  private static final int WORKERS = 8;

  /** A node's silence of 20 s, and as long again until the other one may judge it. */
  private static final Duration JUDGED = Duration.ofSeconds(75);

  private static final int AN_HOUR = 3_600_000;

  @TempDir private static Path folder;
  private static Cluster cluster;
  private static Sessions sessions;

  private final Client one = cluster.client(0);
  private final Client two = cluster.client(1);
  private final ClusterNode first = cluster.nodes().get(0);

  @BeforeAll
  static void start() throws Exception {
    cluster =
        Cluster.onOneDatabase(
            folder,
            // Else the database notices by itself that a client is gone, before the other node.
            "ALTER ROLE diferido SET client_connection_check_interval = 0");
    sessions = new Sessions(cluster.procedures().source());
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void isIdle() {
    await().atMost(JUDGED).until(() -> cluster.live() == 0);
  }

  @Test
  void aNodeThatIsKilledLeavesTheTruthOfItsCallsInEachPhase() throws Exception {
    Report report = new Report("A node is killed in each phase of a call");
    List<String> running =
        IntStream.range(0, WORKERS - 2).mapToObj(i -> runs("run" + i, AN_HOUR)).toList();
    String ending = one.accepted(Work.lasting("ending", 1500, 0).request());
    String waiting = one.accepted(Work.lasting("waiting", 1500, 0).request());
    try (RowLock rowOfEnding = new RowLock(cluster.registry().source(), ending);
        RowLock rowOfWaiting = new RowLock(cluster.registry().source(), waiting)) {
      await("both to write their ends")
          .until(() -> sessions.waitsForLock(ending) && sessions.waitsForLock(waiting));
      // The other node has workers, too: what is to wait must be more than these take.
      List<String> others =
          IntStream.range(0, WORKERS).mapToObj(i -> runsOn(two, "other" + i, 15_000)).toList();
      List<String> queued =
          IntStream.range(0, 4)
              .mapToObj(i -> one.accepted(Work.quick("queued" + i).request()))
              .toList();
      queued.forEach(id -> assertThat(state(two, id)).isEqualTo("queued"));
      first.kill();
      rowOfEnding.close();
      others.forEach(id -> assertThat(ended(two, id)).isEqualTo("succeeded"));
      queued.forEach(id -> assertThat(ended(two, id)).isEqualTo("succeeded"));
      assertThat(rows("queued0")).isOne();
      running.forEach(id -> assertThat(ended(two, id)).isEqualTo("lost"));
      running.forEach(id -> assertThat(sessions.isOpen(id)).isFalse());
      String end = ended(two, ending);
      assertThat(end.equals("succeeded")).as(end).isEqualTo(rows("ending") == 1);
      report.line("ending", end + " with " + rows("ending") + " rows");
    }
    String end = ended(two, waiting);
    assertThat(end.equals("succeeded")).as(end).isEqualTo(rows("waiting") == 1);
    report.line("held", end + " with " + rows("waiting") + " rows");
    JsonObject lost = two.get("/jobs/" + running.get(0), "Accept-Language", "en").json();
    report.line("running", lost.getString("error"));
    report.write();
    assertThat(lost.getString("error")).contains("was still at work", "ended");
    first.start();
  }

  @Test
  void aCancelThroughTheOtherNodeReachesTheDatabase() throws Exception {
    Report report = new Report("Cancel through the other node");
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < CANCELS; i++) {
      String key = "cancel" + i;
      String id = runs(key, AN_HOUR);
      long begin = System.nanoTime();
      Client.Answer answer = two.post("/jobs/" + id + "/cancel");
      await().pollInterval(Duration.ofMillis(10)).until(() -> !sessions.isAtWork(id));
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(ended(two, id)).isEqualTo("cancelled");
      assertThat(rows(key)).isZero();
    }
    report.line("millis", millis);
    report.write();
    assertThat(millis).allMatch(each -> each < CANCEL_REACHES_THE_DATABASE.toMillis());
  }

  @Test
  void aNodeThatIsPausedAndJudgedChangesNothingWhenItWakesUp() throws Exception {
    Report report = new Report("A node is paused during a call, judged, and woken");
    // Between its row and its end, and then after it.
    String inside = one.accepted(Work.lasting("inside", 0, AN_HOUR).request());
    String after = one.accepted(Work.lasting("after", 0, 3_000).request());
    await().until(() -> sessions.isAtWork(inside) && sessions.isAtWork(after));
    first.pause();
    String insideEnd;
    String afterEnd;
    try {
      insideEnd = ended(two, inside);
      afterEnd = ended(two, after);
    } finally {
      first.resume();
    }
    await("the woken node to answer").ignoreExceptions().until(() -> one.get("/ping").isOurs());
    assertThat(List.of(insideEnd, afterEnd)).containsOnly("lost");
    await("its calls to be back")
        .until(() -> first.log().contains(inside) && !sessions.isOpen(inside));
    // It runs others as before.
    String next = one.accepted(Work.quick("next").request());
    assertThat(ended(one, next)).isEqualTo("succeeded");
    for (Client client : List.of(one, two)) {
      assertThat(state(client, inside)).isEqualTo(insideEnd);
      assertThat(state(client, after)).isEqualTo(afterEnd);
    }
    assertThat(rows("inside")).isZero();
    assertThat(rows("after")).isZero();
    assertThat(rows("next")).isOne();
    report.line("ends", insideEnd + ", " + afterEnd);
    report.write();
  }

  @Test
  void anOrderlyStopCancelsWhatRunsAndLeavesTheQueueToTheOther() throws Exception {
    Report report = new Report("Orderly stop");
    List<String> running =
        IntStream.range(0, WORKERS).mapToObj(i -> runs("stop" + i, AN_HOUR)).toList();
    List<String> others =
        IntStream.range(0, WORKERS).mapToObj(i -> runsOn(two, "stay" + i, 5_000)).toList();
    List<String> queued =
        IntStream.range(0, 4)
            .mapToObj(i -> one.accepted(Work.quick("later" + i).request()))
            .toList();
    boolean stopped = first.stop();
    List<Boolean> open = running.stream().map(sessions::isOpen).toList();
    String log = first.logFile().toString();
    first.start();
    List<String> ends =
        running.stream().map(id -> ended(two, id) + " " + code(two, id)).distinct().toList();
    report.line("stopped", stopped);
    report.line("ends", ends);
    report.line("sessions", open);
    report.line("log", log);
    report.write();
    queued.forEach(id -> assertThat(ended(two, id)).isEqualTo("succeeded"));
    others.forEach(id -> assertThat(ended(two, id)).isEqualTo("succeeded"));
    assertThat(stopped).isTrue();
    assertThat(open).containsOnly(false);
    assertThat(ends).containsExactly("cancelled NODE_STOPPED");
    assertThat(IntStream.range(0, WORKERS).map(i -> rows("stop" + i)).sum()).isZero();
  }

  private String runs(String key, int millis) {
    return runsOn(one, key, millis);
  }

  /** Submits work whose row is written at once and which then takes its time, and waits for it. */
  private static String runsOn(Client client, String key, int millis) {
    String id = client.accepted(Work.lasting(key, 0, millis).request());
    await().pollInterval(Duration.ofMillis(20)).until(() -> sessions.isAtWork(id));
    return id;
  }

  private static String state(Client client, String id) {
    return client.job(id).getString("state");
  }

  private static String code(Client client, String id) {
    JsonObject job = client.job(id);
    return job.containsKey("error_detail")
        ? job.getJsonObject("error_detail").getString("code")
        : "";
  }

  /** How a job has ended. */
  private static String ended(Client client, String id) {
    return await("the end of job " + id)
        .atMost(JUDGED)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> client.job(id), job -> job.containsKey("end_time"))
        .getString("state");
  }

  private static int rows(String key) {
    return AuditedWork.rows(cluster.procedures().source(), key);
  }
}
