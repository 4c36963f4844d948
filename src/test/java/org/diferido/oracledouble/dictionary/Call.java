package org.diferido.oracledouble.dictionary;

import java.math.BigDecimal;
import java.sql.Connection;
import org.diferido.oracledouble.value.Rows;

/** A call under way, as its {@link Body} sees it. Names are in upper case unless quoted. */
public interface Call {

  /** The value of an IN or IN OUT argument; null also when it was left out. */
  Object in(String name);

  default String text(String name) {
    return (String) in(name);
  }

  default BigDecimal number(String name) {
    return (BigDecimal) in(name);
  }

  /** Whether the caller gave this argument. */
  boolean has(String name);

  void out(String name, Object value);

  /** What a function gives back. */
  void returns(Object value);

  /** DBMS_SQL.RETURN_RESULT. */
  void returnResult(Rows rows);

  /** DBMS_OUTPUT.PUT_LINE. */
  void putLine(String text);

  /** DBMS_OUTPUT.DISABLE. */
  void forgetLines();

  /** DBMS_APPLICATION_INFO.SET_MODULE. */
  void module(String text);

  /** DBMS_APPLICATION_INFO.SET_ACTION. */
  void action(String text);

  /** DBMS_APPLICATION_INFO.SET_CLIENT_INFO. */
  void clientInfo(String text);

  /** What V$SESSION.CLIENT_IDENTIFIER says of the session; null for nothing. */
  String clientIdentifier();

  String currentSchema();

  /** DBMS_APPLICATION_INFO.SET_SESSION_LONGOPS; a row for each name. */
  void longops(String name, long sofar, long total, String units, String message);

  /** In the transaction of the call; not to be committed or closed. */
  Connection connection();
}
