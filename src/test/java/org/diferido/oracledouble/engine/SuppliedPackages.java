package org.diferido.oracledouble.engine;

import org.diferido.oracledouble.dictionary.Call;
import org.diferido.oracledouble.dictionary.Dictionary;

/** The packages that come with the database, as far as somebody calls them. */
public final class SuppliedPackages {

  private SuppliedPackages() {}

  public static void register(Dictionary dictionary) {
    register(dictionary, "DBMS_OUTPUT");
    dictionary.add("SYS", "DBMS_OUTPUT", "DISABLE", null, Call::forgetLines);
    dictionary.add(
        "SYS", "DBMS_OUTPUT", "ENABLE", null, call -> {}, "BUFFER_SIZE IN NUMBER DEFAULT");
    dictionary.add(
        "SYS",
        "DBMS_OUTPUT",
        "PUT_LINE",
        null,
        call -> call.putLine(call.text("A")),
        "A IN VARCHAR2");
    register(dictionary, "DBMS_APPLICATION_INFO");
    dictionary.add(
        "SYS",
        "DBMS_APPLICATION_INFO",
        "SET_MODULE",
        null,
        call -> {
          call.module(call.text("MODULE_NAME"));
          call.action(call.text("ACTION_NAME"));
        },
        "MODULE_NAME IN VARCHAR2",
        "ACTION_NAME IN VARCHAR2");
    dictionary.add(
        "SYS",
        "DBMS_APPLICATION_INFO",
        "SET_ACTION",
        null,
        call -> call.action(call.text("ACTION_NAME")),
        "ACTION_NAME IN VARCHAR2");
    dictionary.add(
        "SYS",
        "DBMS_APPLICATION_INFO",
        "SET_CLIENT_INFO",
        null,
        call -> call.clientInfo(call.text("CLIENT_INFO")),
        "CLIENT_INFO IN VARCHAR2");
  }

  private static void register(Dictionary dictionary, String name) {
    dictionary.synonym("PUBLIC", name, "SYS." + name);
  }
}
