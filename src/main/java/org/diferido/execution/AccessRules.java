package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.AccessPolicy;
import org.diferido.procedure.ProcedurePattern;
import org.diferido.procedure.QualifiedName;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Who may call what at this moment. What an administrator changes counts some seconds later,
 * without a restart; what he misspells does not: then the rules stay as they were, and the log says
 * so.
 */
@Singleton
public class AccessRules {

  private static final Logger LOG = System.getLogger(AccessRules.class.getName());

  /** How long the rules are used before they are looked at again. */
  static final Duration LOOKED_AT = Duration.ofSeconds(5);

  private final Supplier<String> source;
  private final SteadyClock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile AccessPolicy policy;
  private volatile Duration lookAgain;

  /** What the policy was read from; guarded by the lock, as all that follows. */
  private String text;

  /** What was there at the last look: a file may be read while somebody writes it. */
  private String seen;

  /** What was last told of a change that is not taken. */
  private String trouble = "";

  @Inject
  public AccessRules(SteadyClock clock) {
    this(() -> ServiceSettings.accessText(ConfigProvider.getConfig()), clock);
  }

  /**
   * @param source the text of the policy, as {@link AccessPolicy#parse} reads it
   * @throws IllegalArgumentException when it cannot be read
   */
  AccessRules(Supplier<String> source, SteadyClock clock) {
    this.source = source;
    this.clock = clock;
    this.text = source.get();
    this.seen = text;
    this.policy = AccessPolicy.parse(text);
    this.lookAgain = clock.reading().plus(LOOKED_AT);
  }

  /** Whether one of the groups is granted the procedure. */
  public boolean grants(Set<String> groups, QualifiedName procedure) {
    return current().grants(groups, procedure);
  }

  /** What the groups are granted together. */
  public List<ProcedurePattern> grantedTo(Set<String> groups) {
    return current().grantedTo(groups);
  }

  private AccessPolicy current() {
    // Whoever comes while another looks has the rules of before.
    if (clock.hasReached(lookAgain) && looking.tryLock()) {
      try {
        look();
        lookAgain = clock.reading().plus(LOOKED_AT);
      } finally {
        looking.unlock();
      }
    }
    return policy;
  }

  private void look() {
    try {
      String found = source.get();
      boolean settled = found.equals(seen);
      seen = found;
      if (settled && !found.equals(text)) {
        policy = AccessPolicy.parse(found);
        text = found;
        LOG.log(Level.INFO, "the rules of who may call what have changed");
      }
      trouble = "";
    } catch (RuntimeException e) {
      if (!trouble.equals(e.toString())) {
        trouble = e.toString();
        LOG.log(Level.ERROR, "the rules of who may call what stay as they were: {0}", trouble);
      }
    }
  }
}
