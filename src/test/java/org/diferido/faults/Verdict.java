package org.diferido.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.faults.Finding.Kind;

/**
 * Holds what the jobs say against what was done. Knows nothing of how either was learnt.
 *
 * @param joined whether a job's end is written in its call's transaction: then the two can never
 *     differ, and a job that is {@code lost} has done nothing
 */
record Verdict(boolean joined) {

  private static final Set<String> ENDS =
      Set.of("succeeded", "failed", "cancelled", "timed_out", "expired", "lost");

  /** Of one piece of work. */
  List<Finding> over(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    if (evidence.jobs().isEmpty()) {
      findings.add(found(Kind.MISSING, evidence, "no job was made of it"));
    }
    if (evidence.jobs().size() > 1) {
      findings.add(found(Kind.TWO_JOBS, evidence, "jobs " + evidence.jobs()));
    }
    if (evidence.rows() > 1) {
      findings.add(found(Kind.DOUBLED, evidence, evidence.rows() + " rows, " + evidence.seen()));
    }
    for (JobSeen job : evidence.seen()) {
      overOne(job, evidence, findings);
    }
    for (String id : evidence.jobs()) {
      List<JobSeen> same = evidence.seen().stream().filter(job -> job.id().equals(id)).toList();
      if (same.stream().anyMatch(job -> !job.agreesWith(same.get(0)))) {
        findings.add(found(Kind.DISAGREEING, evidence, "" + same));
      }
    }
    return findings;
  }

  private void overOne(JobSeen job, Evidence evidence, List<Finding> findings) {
    String told = evidence.rows() + " rows, " + job;
    if (job.status() != 200) {
      findings.add(found(Kind.MISSING, evidence, told));
      return;
    }
    if (!ENDS.contains(job.state())) {
      findings.add(found(Kind.STUCK, evidence, told));
      return;
    }
    boolean succeeded = job.state().equals("succeeded");
    if (succeeded && evidence.rows() == 0) {
      findings.add(found(Kind.FALSE_SUCCESS, evidence, told));
    }
    if (!succeeded && evidence.rows() > 0 && (joined || !job.state().equals("lost"))) {
      findings.add(found(Kind.FALSE_FAILURE, evidence, told));
    }
    if (succeeded && !job.result().equals(evidence.result())) {
      findings.add(found(Kind.WRONG_RESULT, evidence, told + ", not " + evidence.result()));
    }
    if (job.state().equals("cancelled")
        && !evidence.cancelAsked()
        && !job.code().equals("NODE_STOPPED")) {
      findings.add(found(Kind.UNASKED_CANCEL, evidence, told));
    }
    String before = evidence.ends().getOrDefault(job.id(), job.state());
    if (!before.equals(job.state())) {
      findings.add(found(Kind.CHANGED_END, evidence, "was " + before + ", is " + job));
    }
  }

  /**
   * Of what nobody has asked for.
   *
   * @param keys all pieces of work that were submitted
   * @param rows how often each piece of work was done
   * @param totals how many jobs there are, by node
   */
  static List<Finding> overStrangers(
      Set<String> keys, Map<String, Integer> rows, Map<String, Integer> totals) {
    List<Finding> findings = new ArrayList<>();
    rows.forEach(
        (key, times) -> {
          if (!keys.contains(key)) {
            findings.add(new Finding(Kind.UNASKED, key, times + " rows"));
          }
        });
    totals.forEach(
        (node, jobs) -> {
          if (jobs != keys.size()) {
            String told = "node " + node + " has " + jobs + " jobs for " + keys.size() + " keys";
            findings.add(new Finding(jobs > keys.size() ? Kind.UNASKED : Kind.MISSING, "", told));
          }
        });
    return findings;
  }

  private static Finding found(Kind kind, Evidence evidence, String told) {
    return new Finding(kind, evidence.key(), told);
  }
}
