// What can be done to the chosen jobs, or to all that match.
import { toEach, toMatching, touched } from './actions.js';
import { filtersOf } from './filters.js';
import { number } from './format.js';
import { html, nothing } from './html.js';
import { view } from './jobs-view.js';
import { live } from './live.js';
import { close, invalidate, open } from './page.js';
import { button, dialog, iconButton } from './pieces.js';
import { t, tn } from './texts.js';

const ACTIONS = ['cancel', 'retry', 'delete'];
const KIND = { cancel: 'danger-solid', retry: 'primary', delete: 'danger-solid' };

/** Of the address's filters, the page that is shown, and what reads it again. */
export function bulk(query, found, again) {
  const chosen = [...view.chosen.values()];
  const more = found && found.total > view.rows.length && !view.all;
  const label = view.all ? t('jobs.bulk.matching', { n: totalOf(found) }) : tn('jobs.bulk', chosen.length, number(chosen.length));
  return html`<div class="bulk" role="region" aria-label=${label}><b class="num">${label}</b>
    ${more ? html`<button type="button" class="linkish" @click=${all}>${t('jobs.bulk.all', { n: totalOf(found) })}</button>` : nothing}
    <span class="gap"></span>
    ${ACTIONS.map(action => one(action, chosen, query, found, again))}
    ${iconButton('close', t('do.drop'), drop, { kind: 'quiet' })}</div>`;
}

const totalOf = found => number(found.total) + (found.atLeast ? '+' : '');

function all() {
  view.all = true;
  invalidate();
}

export function drop() {
  view.chosen.clear();
  view.all = false;
  invalidate();
}

function one(action, chosen, query, found, again) {
  const jobs = touched(action, chosen);
  const count = view.all ? '' : jobs.length || '';
  const off = live.state === 'offline' || (!view.all && !jobs.length);
  // Of what is removed no stream tells.
  const after = action === 'delete' ? again : () => {};
  return button(`${t('do.' + action)} ${count}`, () => (view.all ? confirmMatching(action, query, found, after) : confirmEach(action, jobs, after)), { disabled: off });
}

/** One job is asked for at once; more, or a removal, only after the count was seen. */
function confirmEach(action, jobs, after) {
  const act = () => {
    close();
    drop();
    toEach(action, jobs).then(after);
  };
  if (jobs.length === 1 && action !== 'delete') {
    act();
    return;
  }
  confirm(action, tn(`jobs.confirm.${action}`, jobs.length, number(jobs.length)), act);
}

/** By the service, from the filters. What is accepted after this moment is not meant: so there is always a filter. */
function confirmMatching(action, query, found, after) {
  const filters = [...filtersOf(query)];
  if (!filters.some(([key]) => key === 'created_before')) {
    filters.push(['created_before', new Date().toISOString()]);
  }
  confirm(action, t(`jobs.confirm.${action}.other`, { n: totalOf(found) }), () => {
    close();
    drop();
    toMatching(action, filters).then(after);
  }, t('jobs.confirm.matching'));
}

function confirm(action, title, act, note = '') {
  open(() => dialog({
    title,
    body: html`<p>${t(`jobs.confirm.${action}.text`)}</p>${note ? html`<p class="dim">${note}</p>` : nothing}`,
    actions: html`${button(t('do.keep.one'), close)}${button(t('do.' + action), act, { kind: KIND[action] })}`,
  }));
}
