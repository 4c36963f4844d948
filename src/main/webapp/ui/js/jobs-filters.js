// Search, chips and the small form of filters above the list of jobs.
import { changed, FILTERS, valuesOf, without } from './filters.js';
import { localInput, short } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { view } from './jobs-view.js';
import { invalidate } from './page.js';
import { STATES } from './pieces.js';
import { go, href, replace, route } from './router.js';
import { LAST } from './run-fields.js';
import { mayRun, seesAll, session } from './session.js';
import { t } from './texts.js';

const TYPING = 250;
let typing;

export const filterTools = query => html`
  <label class="search">${icon('search')}<span class="sr-only">${t('jobs.search')}</span>
    <input type="search" id="search" placeholder=${t('jobs.search')} .value=${query.get('q') ?? ''} maxlength="200" autocomplete="off" spellcheck="false" @input=${search}><kbd>/</kbd></label>
  <div class="chips">
    ${seesAll() && mayRun() ? mine(query) : nothing}
    ${chips(query)}
    <div class="menu-at"><button type="button" class="chip add" aria-expanded=${String(view.menu)} aria-controls="filters" @click=${toggle}>${icon('plus', 14)} ${t('jobs.filter.add')}</button>
      ${view.menu ? menu(query) : nothing}</div>
    ${[...query.keys()].some(key => key === 'q' || FILTERS.includes(key)) ? html`<a class="chip-link" href=${href('/jobs', { state: query.get('state') })}>${t('jobs.filter.clear')}</a>` : nothing}
  </div>`;

function search(event) {
  const { value } = event.target;
  clearTimeout(typing);
  typing = setTimeout(() => {
    // Looked at when the typing stops: it may be another address, or another screen, by then.
    const at = route();
    if (at.screen === 'jobs' && !at.id) {
      replace('/jobs', changed(at.query, 'q', value.trim()));
    }
  }, TYPING);
}

function mine(query) {
  const on = query.get('owner') === session.name;
  return html`<button type="button" class="chip" aria-pressed=${String(on)} @click=${() => go('/jobs', changed(query, 'owner', on ? '' : session.name))}>${t('jobs.filter.mine')}</button>`;
}

/** A mistyped time is shown as it is: the service says what is wrong with it. */
const moment = value => (Number.isNaN(Date.parse(value)) ? value : short(value));

/** Each filter as a chip that takes it away. */
function chips(query) {
  const of = FILTERS.flatMap(key => valuesOf(query, key).map(value => [key, value]))
    .filter(([key, value]) => key !== 'owner' || value !== session.name);
  const state = query.get('state') ?? '';
  const all = STATES.includes(state) && !['queued', 'succeeded', 'cancelled'].includes(state) ? [['state', state], ...of] : of;
  const told = (key, value) => (key.startsWith('created') ? moment(value) : key === 'state' ? t('state.' + value) : value);
  return all.map(([key, value]) => html`<span class="chip on"><span class="k">${t('jobs.filter.' + key)}</span> <span class="v">${told(key, value)}</span>
    <button type="button" aria-label=${t('jobs.filter.remove', { name: t('jobs.filter.' + key) })} @click=${() => go('/jobs', without(query, key, value))}>${icon('close', 14)}</button></span>`);
}

function toggle() {
  view.menu = !view.menu;
  invalidate();
  if (view.menu) {
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('#filters input, #filters select')?.focus()));
  }
}

/** What the form shows of an address for one of its members. */
function given(query, key) {
  if (key.startsWith('created')) {
    return localInput(valuesOf(query, key)[0] ?? '');
  }
  return key === 'label' ? '' : query.get(key) ?? '';
}

/** The states of a tab, or of a link, are a choice of their own: no single one stands for them. */
function several(states) {
  const told = states.split(',').map(state => (STATES.includes(state) ? t('state.' + state) : state)).join(', ');
  return states && !STATES.includes(states) ? html`<option value=${states} ?selected=${true}>${told}</option>` : nothing;
}

function menu(query) {
  const seen = values => [...new Set(values)].slice(0, 50).map(value => html`<option value=${value}></option>`);
  const labels = view.rows.flatMap(job => Object.entries(job.labels ?? {}).map(([key, value]) => `${key}=${value}`));
  const text = (key, values) => html`<label>${t('jobs.filter.' + key)}<input name=${key} list=${'seen-' + key} autocomplete="off" maxlength="400" .value=${given(query, key)}></label><datalist id=${'seen-' + key}>${seen(values)}</datalist>`;
  // What is no date, or has six digits for a year, the browser shows, and does not submit.
  const time = key => html`<label>${t('jobs.filter.' + key)}<input type="datetime-local" name=${key} max=${LAST['datetime-local']} .value=${given(query, key)}></label>`;
  return html`<form class="menu" id="filters" @submit=${apply}>
    <label>${t('jobs.filter.state')}<select name="state"><option value="">${t('jobs.tab.all')}</option>${several(given(query, 'state'))}${STATES.map(state => html`<option value=${state} ?selected=${query.get('state') === state}>${t('state.' + state)}</option>`)}</select></label>
    ${seesAll() ? text('owner', view.rows.map(job => job.owner)) : nothing}
    ${text('procedure', view.rows.map(job => job.procedure_name))}
    ${text('label', labels)}
    ${time('created_after')}${time('created_before')}
    <p class="menu-do"><button type="submit" class="btn primary small">${t('jobs.filter.apply')}</button></p></form>`;
}

function apply(event) {
  event.preventDefault();
  const before = new URLSearchParams(location.hash.split('?')[1]);
  let next = before;
  for (const [key, value] of new FormData(event.target)) {
    if (value === given(before, key)) {
      continue; // untouched: a time of the address has seconds, which the form does not show
    }
    const text = key.startsWith('created') && value ? new Date(value).toISOString() : value.trim();
    // Several labels have all to hold; of the others there is one.
    next = key === 'label' ? (text && !next.getAll('label').includes(text) ? changed(next, key, text, { add: true }) : next) : changed(next, key, text);
  }
  view.menu = false;
  go('/jobs', next);
  invalidate();
}
