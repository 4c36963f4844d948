package org.diferido.faults.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.diferido.faults.cluster.FaultKind.Target;

/**
 * Which faults happen, and in which order; the same for the same seed.
 *
 * @param lanes one after the other within a lane, at the same time across them: one lane for each
 *     node and one for the databases
 */
public record FaultPlan(List<List<FaultKind>> lanes) {

  /** Deals the faults of nodes out to two nodes. */
  public static FaultPlan of(Map<FaultKind, Integer> counts, Random random) {
    List<FaultKind> all = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      all.addAll(Collections.nCopies(counts.getOrDefault(kind, 0), kind));
    }
    List<FaultKind> first = new ArrayList<>();
    List<FaultKind> second = new ArrayList<>();
    // By turns within a kind: both nodes have about as much to go through.
    List<FaultKind> ofNodes = all.stream().filter(each -> each.target() == Target.NODE).toList();
    IntStream.range(0, ofNodes.size())
        .forEach(i -> (i % 2 == 0 ? first : second).add(ofNodes.get(i)));
    List<FaultKind> ofDatabases =
        new ArrayList<>(all.stream().filter(each -> each.target() == Target.DATABASE).toList());
    List<List<FaultKind>> lanes = List.of(first, second, ofDatabases);
    lanes.forEach(lane -> Collections.shuffle(lane, random));
    return new FaultPlan(lanes);
  }

  public int size() {
    return lanes.stream().mapToInt(List::size).sum();
  }
}
