// What a person may do to jobs, one or many, and what came of it.
import { getPage, post, postPage, Problem, remove, withQuery } from './api.js';
import { announce, open, toast } from './page.js';
import { dialog, isLive } from './pieces.js';
import { html } from './html.js';
import { isOperator, mayRun, session } from './session.js';
import { t, tn } from './texts.js';

const AT_ONCE = 4;

export const mayChange = job => isOperator() || (mayRun() && job.owner === session.name);

/** A refusal in the words of the service, or that nobody answered. */
export const saidNo = error => {
  if (!(error instanceof Problem)) {
    throw error;
  }
  return error.message || error.title || t(error.status ? 'error.title' : 'error.nobody');
};

export const cancel = id => post(`/jobs/${id}/cancel`);

/** By job, the keys of repetitions that may have been taken, though no answer says so. */
const unanswered = new Map();

/** The id of the new job. Where the answer was lost, the next click sends the same key, and makes no other job. */
export async function retry(id) {
  const key = unanswered.get(id) ?? crypto.randomUUID();
  unanswered.set(id, key);
  try {
    const made = await post(`/jobs/${id}/retry`, undefined, { 'Idempotency-Key': key });
    unanswered.delete(id);
    return made.job_id;
  } catch (error) {
    // A gateway's 5xx does not tell what became of the request; what the service refuses has made nothing.
    if (!error.passes) {
      unanswered.delete(id);
    }
    throw error;
  }
}

export const erase = id => remove(`/jobs/${id}`);

const EACH = { cancel, retry, delete: erase };

/** Which of these an action can touch. */
export const touched = (action, jobs) => jobs.filter(job => mayChange(job) && (action === 'cancel' ? isLive(job) : !isLive(job)));

/** Does it to each, a few at a time; says how many it was done to, and what was refused and why. */
export async function toEach(action, jobs) {
  const refused = [];
  const left = [...jobs];
  const worker = async () => {
    for (let job = left.shift(); job; job = left.shift()) {
      try {
        await EACH[action](job.id);
      } catch (error) {
        refused.push({ id: job.id, why: saidNo(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  told({ done: jobs.length - refused.length, refused });
}

/** How many match the filters. */
export async function countMatching(filters) {
  const { body } = await getPage(withQuery('/jobs', [...filters, ['limit', 1]]));
  return { total: body.total, atLeast: body.total_is === 'at_least' };
}

/** Does it, in the service, to all that match the filters; the service does so many at a time. */
export async function toMatching(action, filters) {
  const outcome = { done: 0, refused: [] };
  const query = new URLSearchParams(filters);
  try {
    if (action === 'delete') {
      outcome.done = (await remove('/jobs?' + query)).deleted;
    } else {
      await (action === 'cancel' ? cancelMatching : retryMatching)(query, outcome);
    }
  } catch (error) {
    outcome.refused.push({ id: '', why: saidNo(error) });
  }
  told(outcome);
}

async function cancelMatching(query, outcome) {
  for (let more = true; more;) {
    const answer = await post('/jobs/cancel?' + query);
    outcome.done += answer.cancelled + answer.cancelling;
    more = answer.more === true && answer.matched > 0;
  }
}

async function retryMatching(query, outcome) {
  for (let path = `/jobs/retry?${query}&limit=1000`; path;) {
    const { body, next } = await postPage(path, { 'Idempotency-Key': crypto.randomUUID() });
    outcome.done += body.retried;
    outcome.refused.push(...body.skipped_jobs.map(job => ({ id: job.job_id, why: job.error })));
    if (body.stopped_by) {
      outcome.refused.push({ id: '', why: body.stopped_by.error });
    }
    path = body.stopped_by ? null : next;
  }
}

function told({ done, refused }) {
  if (!refused.length) {
    toast(tn('jobs.bulk.done', done));
    return;
  }
  const said = tn('jobs.bulk.done', done);
  announce(`${said} ${tn('jobs.bulk.refused', refused.length)}`);
  open(() => dialog({
    title: tn('jobs.bulk.refused', refused.length),
    body: html`<p>${said}</p><ul class="refused">${refused.slice(0, 50).map(({ id, why }) => html`<li>${id ? html`<code>${id.slice(0, 8)}</code> ` : ''}${why}</li>`)}</ul>`,
  }));
}
