// An error, explained: the text as it was raised, what it means, what to do, and whether repeating helps.
import { copy } from './page.js';
import { button } from './pieces.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { known, t } from './texts.js';

const RAISED = /^ORA-20\d{3}$/;

/** What is told of the very code, else of its kind. */
function advice(kind, { code, category }) {
  const exact = RAISED.test(code) ? 'raised' : code;
  return t([`error.${exact}.${kind}`, `error.of.${category}.${kind}`].find(known) ?? `error.of.service.${kind}`);
}

/** Whether repeating helps, where that can be said. */
function verdict({ retryable, category }) {
  if (retryable) {
    return html`<p class="verdict">${icon('retry')} ${t('job.error.retryable')}</p>`;
  }
  const say = { outcome: 'job.error.look', procedure: 'job.error.fixed', request: 'job.error.fixed', database: 'job.error.fixed' }[category];
  return say ? html`<p class="verdict">${icon(category === 'outcome' ? 'lost' : 'cancelled')} ${t(say)}</p>` : nothing;
}

/** A job that was stopped as somebody asked has no error: its head says it all. */
export const isFailure = job => Boolean(job.error_detail) && job.error_detail.code !== 'CANCELLED';

export function failure(job) {
  const error = job.error_detail;
  const text = error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
  const support = `${text}\n${job.procedure_name}\njob ${job.id}\n${job.end_time ?? ''} ${job.node ?? ''}`;
  return html`<section class="panel failure"><h2>${t(['procedure', 'database'].includes(error.category) ? 'job.error' : 'job.error.other')}<code class="ora">${error.code}</code><span class="right">${button(t('job.error.copy'), () => copy(support, t('do.copied')), { kind: 'small', ico: 'copy' })}</span></h2>
    <blockquote>${error.message}</blockquote>
    <div class="advice"><div><h3>${t('job.error.means')}</h3><p>${advice('means', error)}</p></div><div><h3>${t('job.error.todo')}</h3><p>${advice('todo', error)}</p></div></div>
    ${verdict(error)}</section>`;
}
