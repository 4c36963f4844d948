package org.diferido.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long the check of a bearer token takes. */
@State(Scope.Benchmark)
public class TokenCheckSpeed {

  /** Nothing yet. */
  @Benchmark
  public String check() {
    return "x";
  }
}
