package org.diferido.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro benchmarks, in a JVM of their own, and leaves target/bench/micro.json. */
class MicroBench {

  private static final Path FOLDER = Path.of("target", "bench");
  private static final double WHOLE = 10;

  @Test
  void measures() throws Exception {
    double seconds = Double.parseDouble(System.getProperty("bench.seconds", "10"));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(RequestSpeed.class.getName() + "\\..*")
            .shouldFailOnError(true);
    if (seconds < WHOLE) {
      TimeValue time = TimeValue.milliseconds((long) (seconds * 100));
      options = options.warmupTime(time).measurementTime(time);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    JsonObjectBuilder json = Json.createObjectBuilder();
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      double micros = result.getPrimaryResult().getScore();
      json.add(name + " us", micros);
      System.out.printf("bench  %-64s %12.3f us%n", name, micros);
    }
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve("micro.json"), json.build().toString());
    assertThat(results).isNotEmpty();
  }
}
