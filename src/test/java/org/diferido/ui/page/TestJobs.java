package org.diferido.ui.page;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.diferido.it.Client;

/**
 * Jobs of one test, submitted without the console. They have a label of their own, to which a
 * screen can be narrowed, and those that still run are cancelled when the test ends.
 */
public final class TestJobs {

  private static final String LABEL = "prueba";

  private final DemoConsole console;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  TestJobs(DemoConsole console) {
    this.console = console;
  }

  /** The label as a person writes it: {@code prueba=1a2b3c4d}. */
  public String label() {
    return LABEL + "=" + mark;
  }

  /** The filter for them in an address. */
  public String filter() {
    return "label=" + LABEL + "%3D" + mark;
  }

  /** One that gives its text back. */
  public String echo(String person, String text) {
    return submit(person, "PROC_TEST", Map.of("p_input", text));
  }

  /** One that adds, and has ended at once. */
  public String sum(String person, int a, int b) {
    return submit(person, "SUMA", Map.of("A", a, "B", b));
  }

  /** One that fails with ORA-20001. */
  public String failing(String person) {
    return submit(person, "PROC_TEST_ERROR", Map.of("p_should_fail", 1));
  }

  /** One that runs for so long. */
  public String sleeping(String person, int seconds) {
    return submit(person, "PROC_TEST_DEMORA", Map.of("segundos", seconds));
  }

  /** One that reports its progress, and takes some seconds. */
  public String longProcess(String person) {
    return submit(person, "PKG_ETL.PROCESO_LARGO", Map.of("vFECHA", "2025-12-10"));
  }

  /** One with 3720 rows: ten regions and twelve products on each day of a December. */
  public String report(String person) {
    return submit(person, "PKG_REPORTES.GENERAR_MENSUAL", Map.of("vMES", 12, "vANIO", 2025));
  }

  public String submit(String person, String procedure, Map<String, Object> params) {
    return submit(person, procedure, params, Map.of());
  }

  /** Any; gives back its id. */
  public String submit(
      String person, String procedure, Map<String, Object> params, Map<String, String> labels) {
    JsonArrayBuilder given = Json.createArrayBuilder();
    params.forEach(
        (name, value) -> given.add(Json.createObjectBuilder(Map.of("name", name, "value", value))));
    JsonObjectBuilder all = Json.createObjectBuilder().add(LABEL, mark);
    labels.forEach(all::add);
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("name", procedure).add("params", given).add("labels", all);
    if (procedure.equals("SUMA")) {
      body.add("isFunction", true);
    }
    return console.as(person).accepted(body.build().toString());
  }

  /** Waits until a job is in a state; gives back its id. */
  public String awaits(String id, String state) {
    Client operator = console.as("bruno.diaz");
    await("job " + id + " to be " + state)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> operator.job(id).getString("state").equals(state));
    return id;
  }

  /** How many there are. */
  public int count() {
    return console.as("bruno.diaz").get("/jobs?limit=1&" + filter()).json().getInt("total");
  }

  void end() {
    console.as("bruno.diaz").post("/jobs/cancel?" + filter());
  }
}
