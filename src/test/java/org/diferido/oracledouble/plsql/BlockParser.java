package org.diferido.oracledouble.plsql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.diferido.oracledouble.plsql.Block.Actual;
import org.diferido.oracledouble.plsql.Block.Construction;
import org.diferido.oracledouble.plsql.Block.Invocation;
import org.diferido.oracledouble.plsql.Token.Kind;
import org.diferido.oracledouble.value.UnknownException;

/** Reads {@code BEGIN :1 := "A"."B"("X" => :2, 'literal'); END;}. */
public final class BlockParser {

  private final String source;
  private final List<Token> tokens;
  private final Set<String> binds = new LinkedHashSet<>();
  private int at;

  private BlockParser(String source) {
    this.source = source;
    tokens = Token.read(source);
  }

  /** PLS-00103 is not told apart: what it cannot read it does not know. */
  public static Block parse(String source) {
    return new BlockParser(source).block();
  }

  private Block block() {
    List<Invocation> invocations = new ArrayList<>();
    if (at < tokens.size() && tokens.get(at).isWord("CALL")) {
      at++;
      invocations.add(sqlCall());
    } else {
      word("BEGIN");
      while (!tokens.get(at).isWord("END")) {
        invocations.add(invocation());
        symbol(";");
      }
      word("END");
      symbol(";");
    }
    if (at < tokens.size()) {
      throw notUnderstood();
    }
    return new Block(List.copyOf(binds), invocations);
  }

  /** {@code CALL F(:1) INTO :2} */
  private Invocation sqlCall() {
    Invocation call = invocation();
    if (at == tokens.size()) {
      return call;
    }
    word("INTO");
    return new Invocation(bind(), call.name(), call.arguments(), call.position());
  }

  private Invocation invocation() {
    String target = null;
    if (next().kind() == Kind.BIND) {
      target = bind();
      symbol(":=");
    }
    int position = next().position();
    List<String> name = qualifiedName();
    return new Invocation(target, name, isSymbol("(") ? arguments() : List.of(), position);
  }

  private List<String> qualifiedName() {
    List<String> name = new ArrayList<>();
    name.add(name());
    while (isSymbol(".")) {
      at++;
      name.add(name());
    }
    return name;
  }

  private List<Actual> arguments() {
    List<Actual> arguments = new ArrayList<>();
    symbol("(");
    while (!isSymbol(")")) {
      if (!arguments.isEmpty()) {
        symbol(",");
      }
      arguments.add(argument());
    }
    symbol(")");
    return arguments;
  }

  private Actual argument() {
    String name = null;
    if (next().isName() && at + 1 < tokens.size() && tokens.get(at + 1).isSymbol("=>")) {
      name = name();
      symbol("=>");
    }
    if (next().kind() == Kind.BIND) {
      return new Actual(name, bind(), null, null);
    }
    return next().isName() && isCall(at)
        ? new Actual(name, null, null, construction())
        : new Actual(name, null, literal(), null);
  }

  /** Whether a name that may have several parts has arguments behind it. */
  private boolean isCall(int from) {
    int behind = from + 1;
    while (behind + 1 < tokens.size() && tokens.get(behind).isSymbol(".")) {
      behind += 2;
    }
    return behind < tokens.size() && tokens.get(behind).isSymbol("(");
  }

  private Construction construction() {
    int position = next().position();
    List<String> name = qualifiedName();
    return new Construction(name, arguments(), position);
  }

  private Object literal() {
    boolean negative = isSymbol("-");
    if (negative) {
      at++;
    }
    Token token = next();
    at++;
    if (token.kind() == Kind.NUMBER) {
      BigDecimal number = new BigDecimal(token.text());
      return negative ? number.negate() : number;
    }
    if (token.kind() == Kind.STRING) {
      return token.text();
    }
    if (token.isWord("TRUE") || token.isWord("FALSE")) {
      return token.isWord("TRUE");
    }
    if (!token.isWord("NULL")) {
      at--;
      throw notUnderstood();
    }
    return null;
  }

  private Token next() {
    if (at >= tokens.size()) {
      throw notUnderstood();
    }
    return tokens.get(at);
  }

  private boolean isSymbol(String symbol) {
    return at < tokens.size() && tokens.get(at).isSymbol(symbol);
  }

  private void symbol(String symbol) {
    if (!next().isSymbol(symbol)) {
      throw notUnderstood();
    }
    at++;
  }

  private void word(String word) {
    if (!next().isWord(word)) {
      throw notUnderstood();
    }
    at++;
  }

  private String name() {
    if (!next().isName()) {
      throw notUnderstood();
    }
    return tokens.get(at++).text();
  }

  private String bind() {
    String name = next().text();
    if (next().kind() != Kind.BIND) {
      throw notUnderstood();
    }
    at++;
    binds.add(name);
    return name;
  }

  private UnknownException notUnderstood() {
    String rest = at < tokens.size() ? source.substring(tokens.get(at).position()) : "its end";
    return new UnknownException("the block " + source + " from " + rest);
  }
}
