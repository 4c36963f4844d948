package org.diferido.rest.events;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.rest.JobView;

/** Jobs as the data of events: made once for all who are told the same. */
final class Renderings {

  private final JobView view;
  private final Map<Form, Rendered> last = new ConcurrentHashMap<>();

  /**
   * What it depends on beside the job.
   *
   * @param whole rather than as in a list
   */
  private record Form(Language language, boolean whole) {}

  private record Rendered(Job job, String text) {}

  Renderings(JobView view) {
    this.view = view;
  }

  @SuppressWarnings("ReferenceEquality") // the very one that the listener before was told
  String of(Job job, Language language, boolean whole) {
    Form form = new Form(language, whole);
    Rendered before = last.get(form);
    if (before != null && before.job == job) {
      return before.text;
    }
    String text =
        (whole ? view.full(job, language, false) : view.brief(job, language, false)).toString();
    last.put(form, new Rendered(job, text));
    return text;
  }
}
