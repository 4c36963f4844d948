package org.diferido.security;

import java.util.Set;

/**
 * Who calls, as their token says.
 *
 * @param name the principal's name; jobs belong to it
 * @param groups the token's groups
 */
public record Caller(String name, Set<String> groups) {

  public Caller {
    groups = Set.copyOf(groups);
  }

  /** Callers and operators may run what their groups are granted; auditors run nothing. */
  public boolean runsProcedures() {
    return groups.contains(Roles.CALLER) || groups.contains(Roles.OPERATOR);
  }

  /** Operators and auditors see everybody's jobs; others only their own. */
  public boolean seesAllJobs() {
    return groups.contains(Roles.OPERATOR) || groups.contains(Roles.AUDITOR);
  }

  /** Operators may remove everybody's jobs. */
  public boolean managesAllJobs() {
    return groups.contains(Roles.OPERATOR);
  }
}
