package org.diferido.demo;

import java.util.List;
import java.util.Set;
import org.diferido.security.Roles;

/**
 * Somebody made up, to try the service as.
 *
 * @param name the principal's name in the token
 */
public record DemoPerson(String name, Set<String> groups) {

  /** Two callers, who do not see each other's jobs, an operator and an auditor. */
  public static final List<DemoPerson> ALL =
      List.of(
          new DemoPerson("ana.gomez", Set.of(Roles.CALLER)),
          new DemoPerson("diego.ruiz", Set.of(Roles.CALLER)),
          new DemoPerson("bruno.diaz", Set.of(Roles.OPERATOR)),
          new DemoPerson("clara.paz", Set.of(Roles.AUDITOR)));

  public DemoPerson {
    groups = Set.copyOf(groups);
  }
}
