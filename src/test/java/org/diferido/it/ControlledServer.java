package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * Payara Micro in this process, where the service is deployed and undeployed at a word of standard
 * input: {@code deploy}, {@code undeploy}. Each is answered by a line that begins with {@value
 * #DONE}. The end of the input ends it.
 *
 * <p>By reflection: the server's jar is its classpath, and not that of the tests.
 */
final class ControlledServer {

  static final String DONE = "done: ";

  private ControlledServer() {}

  /**
   * Starts the server, and does as it is told until nobody can tell it anything any more.
   *
   * @param arguments the WAR, and what Payara Micro is told
   */
  public static void main(String[] arguments) throws Exception {
    List<String> told = Arrays.asList(arguments);
    File war = new File(told.get(0));
    Class<?> server = Class.forName("fish.payara.micro.PayaraMicro");
    Object options = told.subList(1, told.size()).toArray(String[]::new);
    server.getMethod("main", String[].class).invoke(null, options);
    Object micro = server.getMethod("getInstance").invoke(null);
    Object runtime = server.getMethod("getRuntime").invoke(micro);
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    Method deploy = type.getMethod("deploy", String.class, String.class, File.class);
    Method undeploy = type.getMethod("undeploy", String.class);
    BufferedReader words = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      switch (word) {
        case "deploy" -> say(deploy.invoke(runtime, "ROOT", "/", war));
        case "undeploy" -> say(undeploy.invoke(runtime, "ROOT"));
        default -> throw new IllegalArgumentException(word);
      }
    }
    System.exit(0);
  }

  private static void say(Object answer) {
    System.out.println("\n" + DONE + answer);
  }
}
