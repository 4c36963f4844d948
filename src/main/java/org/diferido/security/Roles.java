package org.diferido.security;

/** The groups of a token that mean something here. */
public final class Roles {

  /** May run what the access policy grants, and sees and removes its own jobs. */
  public static final String CALLER = "procedure-caller";

  /** As a caller, and sees and removes everybody's jobs. */
  public static final String OPERATOR = "job-operator";

  /** Sees everybody's jobs, changes nothing. */
  public static final String AUDITOR = "job-auditor";

  private Roles() {}
}
