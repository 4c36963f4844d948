package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceVersionTest {

  @Test
  void theBuildHasWrittenItDown() {
    assertThat(ServiceVersion.text()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
  }
}
