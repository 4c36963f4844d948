package org.diferido.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.procedure.ProcedureRules;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs run at once beside the number of workers: of one caller on this node, of one caller
 * in all nodes, and of the procedures of one pattern in all nodes.
 */
final class RunningLimits {

  private final OwnerShares shares;
  private final @Nullable Integer perCaller;
  private final Map<String, Integer> groups = new HashMap<>();

  /**
   * @param perCaller running jobs of one caller in all nodes; null for any number
   * @param perPattern running jobs of the procedures of one pattern in all nodes
   */
  RunningLimits(
      OwnerShares shares, @Nullable Integer perCaller, ProcedureRules<Integer> perPattern) {
    this.shares = shares;
    this.perCaller = perCaller;
    perPattern.all().forEach(rule -> groups.putIfAbsent(rule.pattern().toString(), rule.value()));
  }

  /** Whether a job has to be counted with those of other nodes before it may start. */
  boolean areAcrossNodes(Job job) {
    return perCaller != null || job.terms().limitGroup() != null;
  }

  boolean takeShare(Job job) {
    return shares.take(job.owner());
  }

  void giveBackShare(Job job) {
    shares.giveBack(job.owner());
  }

  Claim claim() {
    return new Claim();
  }

  /** One claim, which takes a share for each job that it lets start. */
  final class Claim implements ClaimPolicy {

    private final List<String> taken = new ArrayList<>();

    @Override
    public boolean countsRunning() {
      return perCaller != null || !groups.isEmpty();
    }

    @Override
    public Round begin(List<Running> running) {
      Map<String, Long> ofOwner = new HashMap<>();
      Map<String, Long> ofGroup = new HashMap<>();
      for (Running each : running) {
        ofOwner.merge(each.owner(), each.count(), Long::sum);
        if (each.group() != null) {
          ofGroup.merge(each.group(), each.count(), Long::sum);
        }
      }
      return (owner, group) -> admit(owner, group, ofOwner, ofGroup);
    }

    private Verdict admit(
        String owner,
        @Nullable String group,
        Map<String, Long> ofOwner,
        Map<String, Long> ofGroup) {
      if (perCaller != null && ofOwner.getOrDefault(owner, 0L) >= perCaller) {
        return Verdict.OWNER_FULL;
      }
      // A group that is not configured any more has no limit.
      Integer most = group == null ? null : groups.get(group);
      if (group != null && most != null && ofGroup.getOrDefault(group, 0L) >= most) {
        return Verdict.GROUP_FULL;
      }
      if (!shares.take(owner)) {
        return Verdict.OWNER_FULL;
      }
      taken.add(owner);
      ofOwner.merge(owner, 1L, Long::sum);
      if (group != null) {
        ofGroup.merge(group, 1L, Long::sum);
      }
      return Verdict.ADMITTED;
    }

    /** Gives back the shares of what was let start and was not claimed after all. */
    void settle(List<Job> claimed) {
      claimed.forEach(job -> taken.remove(job.owner()));
      taken.forEach(shares::giveBack);
      taken.clear();
    }
  }
}
