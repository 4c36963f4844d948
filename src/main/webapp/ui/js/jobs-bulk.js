// What can be done to the chosen jobs, or to all that match.
import { countMatching, saidNo, toEach, toMatching, touched } from './actions.js';
import { filtersOf } from './filters.js';
import { number } from './format.js';
import { html, nothing } from './html.js';
import { view } from './jobs-view.js';
import { live } from './live.js';
import { close, invalidate, open, toast } from './page.js';
import { button, dialog, iconButton } from './pieces.js';
import { t, tn } from './texts.js';

const ACTIONS = ['cancel', 'retry', 'delete'];
const KIND = { cancel: 'danger-solid', retry: 'primary', delete: 'danger-solid' };

let busy = false;

/** Of the address's filters, the page of it that is shown, if it is there yet, and what reads it again. */
export function bulk(query, found, again) {
  const chosen = [...view.chosen.values()];
  const more = found && found.total > view.rows.length && !view.all;
  const label = view.all && found ? t('jobs.bulk.matching', { n: totalOf(found) }) : tn('jobs.bulk', chosen.length, number(chosen.length));
  return html`<div class="bulk" role="region" aria-label=${label}><b class="num">${label}</b>
    ${more ? html`<button type="button" class="linkish" @click=${all}>${t('jobs.bulk.all', { n: totalOf(found) })}</button>` : nothing}
    <span class="gap"></span>
    ${ACTIONS.map(action => one(action, chosen, query, again))}
    ${iconButton('close', t('do.drop'), drop, { kind: 'quiet' })}</div>`;
}

const totalOf = found => number(found.total) + (found.atLeast ? '+' : '');

function all() {
  document.querySelector('.bulk .btn:not([disabled])').focus(); // what was clicked will not be there any more
  view.all = true;
  invalidate();
}

export function drop() {
  view.chosen.clear();
  view.all = false;
  invalidate();
}

/** One thing at a time: a second click means the first. */
async function once(work) {
  if (busy) {
    return;
  }
  busy = true;
  invalidate();
  try {
    await work();
  } finally {
    busy = false; // also after what nobody foresaw
    invalidate();
  }
}

function one(action, chosen, query, again) {
  const jobs = touched(action, chosen);
  const count = view.all ? '' : jobs.length || '';
  const off = busy || live.state === 'offline' || (!view.all && !jobs.length);
  // Of what is removed no stream tells.
  const after = action === 'delete' ? again : () => {};
  return button(`${t('do.' + action)} ${count}`, () => (view.all ? once(() => confirmMatching(action, query, after)) : confirmEach(action, jobs, after)), { disabled: off });
}

/** One job is asked for at once; more, or a removal, only after the count was seen. */
function confirmEach(action, jobs, after) {
  const act = () => once(() => {
    close();
    drop();
    return toEach(action, jobs).then(after);
  });
  if (jobs.length === 1 && action !== 'delete') {
    act();
    return;
  }
  confirm(action, tn(`jobs.confirm.${action}`, jobs.length, number(jobs.length)), act);
}

/** By the service, from the filters. What is accepted after this moment is not meant, nor counted: so there is always a filter. */
async function confirmMatching(action, query, after) {
  const filters = [...filtersOf(query)];
  if (!filters.some(([key]) => key === 'created_before')) {
    filters.push(['created_before', new Date().toISOString()]);
  }
  const at = location.hash;
  let count;
  try {
    count = await countMatching(filters);
  } catch (error) {
    toast(saidNo(error), true);
    return;
  }
  if (!view.all || location.hash !== at) {
    return; // it was thought better of meanwhile
  }
  const act = () => once(() => {
    close();
    drop();
    return toMatching(action, filters).then(after);
  });
  confirm(action, tn(`jobs.confirm.${action}`, count.total, totalOf(count)), act, t('jobs.confirm.matching'));
}

function confirm(action, title, act, note = '') {
  open(() => dialog({
    title,
    body: html`<p>${t(`jobs.confirm.${action}.text`)}</p>${note ? html`<p class="dim">${note}</p>` : nothing}`,
    actions: html`${button(t('do.keep.one'), close)}${button(t('do.' + action), act, { kind: KIND[action] })}`,
  }));
}
