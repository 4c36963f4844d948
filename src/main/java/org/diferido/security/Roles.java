package org.diferido.security;

import java.util.Set;

/** The groups of a token that mean something here. */
public final class Roles {

  /** May run what the access policy grants, and sees and removes its own jobs. */
  public static final String CALLER = "procedure-caller";

  /** As a caller, and sees and removes everybody's jobs. */
  public static final String OPERATOR = "job-operator";

  /** Sees everybody's jobs, changes nothing. */
  public static final String AUDITOR = "job-auditor";

  /** Every role there is: who has one of them may look at jobs. */
  public static final Set<String> ALL = Set.of(CALLER, OPERATOR, AUDITOR);

  private Roles() {}
}
