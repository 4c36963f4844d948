// An error, explained: the text as it was raised, what it means, what to do, and whether repeating helps.
import { copy } from './page.js';
import { button } from './pieces.js';
import { html } from './html.js';
import { icon } from './icons.js';
import { known, t } from './texts.js';

const RAISED = /^ORA-20\d{3}$/;

/** What is told of the very code, else of its kind. */
function advice(kind, { code, category }) {
  const exact = RAISED.test(code) ? 'raised' : code;
  return t([`error.${exact}.${kind}`, `error.of.${category}.${kind}`].find(known) ?? `error.of.service.${kind}`);
}

export function failure(job) {
  const error = job.error_detail;
  const support = `${error.code}: ${error.message}\n${job.procedure_name}\njob ${job.id}\n${job.end_time ?? ''} ${job.node ?? ''}`;
  return html`<section class="panel failure"><h2>${t(['procedure', 'database'].includes(error.category) ? 'job.error' : 'job.error.other')}<code class="ora">${error.code}</code><span class="right">${button(t('job.error.copy'), () => copy(support, t('do.copied')), { kind: 'small', ico: 'copy' })}</span></h2>
    <blockquote>${error.message}</blockquote>
    <div class="advice"><div><h3>${t('job.error.means')}</h3><p>${advice('means', error)}</p></div><div><h3>${t('job.error.todo')}</h3><p>${advice('todo', error)}</p></div></div>
    <p class="verdict">${icon(error.retryable ? 'retry' : 'cancelled')} ${t(error.retryable ? 'job.error.retryable' : 'job.error.fixed')}</p></section>`;
}
