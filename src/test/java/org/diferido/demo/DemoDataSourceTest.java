package org.diferido.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class DemoDataSourceTest {

  @Test
  void theUrlThatAContainerSetsIsIgnored() throws Exception {
    DemoDataSource demo = new DemoDataSource();
    demo.setUrl("jdbc:hsqldb:mem:other");
    demo.setURL("jdbc:hsqldb:mem:other");
    demo.setDatabase("jdbc:hsqldb:mem:other");
    demo.setDatabaseName("jdbc:hsqldb:mem:other");
    try (Connection connection = demo.getConnection()) {
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:hsqldb:mem:diferido-demo");
    }
  }

  @Test
  void sqlMayCallTheDemosBodies() {
    assertThat(System.getProperty(DemoDataSource.ALLOWED).split(";"))
        .contains("org.diferido.demo.DemoProcedures.*");
  }

  @Test
  void theDatabaseMayBeCreatedAgain() {
    DemoDatabase.create(new DemoDataSource());
    DemoDatabase.create(new DemoDataSource());
  }
}
