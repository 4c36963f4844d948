package org.diferido.oracledouble.dictionary;

import java.math.BigDecimal;
import org.diferido.oracledouble.dictionary.Dictionary.Resolved;
import org.diferido.oracledouble.value.OraException;

/** DBMS_UTILITY.NAME_RESOLVE, registered as the procedure that it is. */
public final class NameResolve {

  private static final int MOST_PARTS = 3;

  private final Dictionary dictionary;

  public NameResolve(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  public void register() {
    dictionary.add(
        "SYS",
        "DBMS_UTILITY",
        "NAME_RESOLVE",
        null,
        this::run,
        "NAME IN VARCHAR2",
        "CONTEXT IN NUMBER",
        "SCHEMA OUT VARCHAR2",
        "PART1 OUT VARCHAR2",
        "PART2 OUT VARCHAR2",
        "DBLINK OUT VARCHAR2",
        "PART1_TYPE OUT NUMBER",
        "OBJECT_NUMBER OUT NUMBER");
    dictionary.synonym("PUBLIC", "DBMS_UTILITY", "SYS.DBMS_UTILITY");
  }

  private void run(Call call) {
    String name = call.text("NAME");
    Names names = Names.parse(name);
    if (names.parts().size() > MOST_PARTS) {
      throw OraException.raised(
          6563,
          "top level procedure/function specified, cannot have subparts",
          "at \"SYS.DBMS_UTILITY\", line 156",
          "at line 1");
    }
    Names meant = dictionary.linked(names.parts(), call.currentSchema()).orElse(names);
    if (meant.link() != null) {
      linked(call, meant);
      return;
    }
    Resolved found =
        dictionary
            .resolve(names.parts(), call.currentSchema())
            .orElseThrow(() -> doesNotExist(name));
    StoredObject object = found.object();
    call.out("SCHEMA", object.owner());
    call.out("PART1", object.isPackage() ? object.name() : null);
    call.out("PART2", found.subprogram());
    call.out("PART1_TYPE", BigDecimal.valueOf(object.typeNumber()));
    call.out("OBJECT_NUMBER", BigDecimal.valueOf(object.id()));
  }

  /** What is behind a link nobody looks at: its parts, without a type and a number. */
  private static void linked(Call call, Names names) {
    int last = names.parts().size() - 1;
    call.out("SCHEMA", last == 2 ? names.parts().get(0) : null);
    call.out("PART1", last >= 1 ? names.parts().get(last - 1) : null);
    call.out("PART2", names.parts().get(last));
    call.out("DBLINK", names.link());
    call.out("PART1_TYPE", BigDecimal.ZERO);
    call.out("OBJECT_NUMBER", BigDecimal.ZERO);
  }

  private static OraException doesNotExist(String name) {
    return OraException.raised(
        6564,
        "object " + name + " does not exist",
        "at \"SYS.DBMS_UTILITY\", line 156",
        "at line 1");
  }
}
