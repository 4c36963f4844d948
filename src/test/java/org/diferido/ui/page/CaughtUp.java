package org.diferido.ui.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;

/** Whether a page listens to the stream of all jobs, and has read its list once since then. */
final class CaughtUp {

  private boolean listening;
  private Request again;
  private boolean done;

  void listenTo(Page page) {
    page.onResponse(response -> listening |= response.url().endsWith("/events"));
    page.onRequest(
        request -> {
          if (listening && request.url().contains("/jobs?")) {
            again = request;
          }
        });
    page.onRequestFinished(request -> done |= request == again);
  }

  boolean isTrue() {
    return done;
  }
}
