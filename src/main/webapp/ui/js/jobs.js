// The list of jobs: filters in the address, pages by cursor, rows that change where they are.
import { getPage, withQuery } from './api.js';
import { stacked } from './charts.js';
import { filtersOf, changed, matches } from './filters.js';
import { duration, hour, number } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { bulk } from './jobs-bulk.js';
import { filterTools } from './jobs-filters.js';
import { table } from './jobs-table.js';
import { view } from './jobs-view.js';
import { invalidate } from './page.js';
import { button, empty, isLive, LIVE, PROBLEMS, shown } from './pieces.js';
import { Reading } from './reading.js';
import { go, href } from './router.js';
import { mayRun } from './session.js';
import { summary } from './summary.js';
import { t, tn } from './texts.js';

const PAGE = 25;
const MOST_FRESH = 1000; // beyond it the number tells nobody anything
const MOST_PAGES = 1000; // that the way back is known of
const LOOKS = 5; // a page may be short, even empty, and have a next one: so many are put together
const TABS = [
  ['all', []],
  ['live', ['running', 'cancelling']],
  ['queued', ['queued']],
  ['succeeded', ['succeeded']],
  ['problems', PROBLEMS],
  ['cancelled', ['cancelled']],
];
const BARS = [['succeeded', 'c-ok'], ['cancelled', 'c-other'], ['problems', 'c-bad'], ['live', 'c-live']];

let query = new URLSearchParams();
let list = null;
/** By a page's cursor that of the page before it, as far as one came by them; Back and Forward leave it as it is. */
const before = new Map();
/** News that came while the list is being read: its answer may be older than they are. */
const heard = new Map();

export const jobs = {
  open(route) {
    const fresh = !list || filtersOf(query).join() !== filtersOf(route.query).join();
    query = route.query;
    if (fresh) {
      before.clear();
    }
    Object.assign(view, { cursor: 0, byKeys: false, menu: false, all: false, address: location.hash || '#/jobs' });
    view.chosen.clear();
    read();
    summary.of(filtersOf(query, { state: false }));
  },

  close() {
    list?.stop();
    list = null;
    view.chosen.clear();
    view.rows = [];
  },

  news(type, job) {
    if (list?.busy) {
      heard.set(job.id, job);
    }
    const at = view.rows.findIndex(row => row.id === job.id);
    if (at >= 0) {
      view.rows[at] = job;
    } else if (type === 'state' && view.fresh.size < MOST_FRESH && isNew(job)) {
      view.fresh.add(job.id);
      if (!view.rows.length && !list.busy) {
        read(); // nothing is there that could move
      }
    }
    if (view.chosen.has(job.id)) {
      view.chosen.set(job.id, job);
    }
    if (type === 'state') {
      invalidate();
    }
  },

  reset: read,
  draw,
};

/** Which rows the address asks for: others that are still there are shown paler until these have come. */
const asked = () => JSON.stringify([filtersOf(query), query.get('cursor')]);

function read() {
  list ??= new Reading(page);
  view.fresh.clear();
  return list.read();
}

/** The list and its figures. */
function refresh() {
  read();
  summary.news();
}

/** A page of rows out of as many of the service's as it takes. */
async function page(signal) {
  heard.clear();
  const filters = filtersOf(query);
  const read = { rows: [], next: query.get('cursor'), total: 0, asked: asked(), at: Number(query.get('page') ?? 1) || 1 };
  for (let look = 0; look < LOOKS && (look === 0 || (read.next && read.rows.length < PAGE)); look++) {
    const path = withQuery('/jobs', [...filters, ['limit', PAGE - read.rows.length], ['cursor', read.next]]);
    const { body, next } = await getPage(path, { signal });
    read.rows.push(...body.jobs);
    read.next = next && new URL(next, location.origin).searchParams.get('cursor');
    if (look === 0) {
      Object.assign(read, { total: body.total, atLeast: body.total_is === 'at_least' });
    }
  }
  // Of what has ended in the answer nothing newer can have been heard.
  read.rows = read.rows.map(job => (isLive(job) && heard.get(job.id)) || job);
  read.rows.forEach(job => view.fresh.delete(job.id));
  view.rows = read.rows;
  const at = read.rows.findIndex(job => job.id === view.opened);
  if (at >= 0) {
    Object.assign(view, { cursor: at, byKeys: true }); // the keys go on from the job that one comes back from
  }
  view.opened = '';
  return read;
}

/** Whether the list, read again, would have it: on its first page, and not behind its end. */
function isNew(job) {
  const last = view.rows.at(-1);
  return Boolean(list?.data) && !query.get('cursor') && matches(job, filtersOf(query))
    && (!list.data.next || !last || job.created_at >= last.created_at);
}

function draw() {
  const states = query.get('state') ?? '';
  const { figures } = summary;
  return html`
    <header class="head">
      <div><h1 tabindex="-1">${t('jobs.title')}</h1><p class="sub">${sentence(figures) ?? '\u00a0'}</p></div>
      ${mayRun() ? html`<a class="btn primary" href=${href('/run')}>${icon('run')}<span>${t('jobs.new')}</span></a>` : nothing}
    </header>
    ${summary.told ? pulse(figures) : nothing}
    <nav class="tabs" aria-label=${t('jobs.filter.state')}>${TABS.map(([key, of]) => tab(key, of, states, figures))}</nav>
    <div class="tools">${filterTools(query)}
      <button type="button" class="fresh" ?hidden=${!view.fresh.size} @click=${newest}>${tn('jobs.fresh', view.fresh.size, number(view.fresh.size))}</button>
    </div>
    ${shown(list, found => (found.rows.length || found.next ? rows(found) : none()), { rows: 8, kind: 'rows' })}
    ${view.chosen.size ? bulk(query, list.data?.asked === asked() ? list.data : null, refresh) : nothing}`;
}

function sentence(figures) {
  if (!figures) {
    return null;
  }
  const { states } = figures;
  const texts = {
    running: number((states.running ?? 0) + (states.cancelling ?? 0)),
    queued: number(states.queued ?? 0),
    wait: duration(figures.wait_p50_ms),
  };
  return t(figures.wait_p50_ms === undefined ? 'jobs.summary.short' : 'jobs.summary', texts);
}

const end = bin => new Date(Date.parse(bin.from) + 1800000).toISOString();

const sum = (counts, states) => states.reduce((total, key) => total + (counts[key] ?? 0), 0);

/** What waits is no tab of its own among the bars. */
const word = key => t(key === 'live' ? 'jobs.unended' : 'jobs.tab.' + key);

/** Half hours that began before all that was counted are not zero: nobody knows. */
function pulse(figures) {
  const told = (figures?.bins ?? []).map(bin => ({ ...bin, problems: sum(bin, PROBLEMS), live: sum(bin, LIVE) }));
  const from = Date.parse(figures?.bins_from) || 0;
  const bins = told.filter(bin => Date.parse(bin.from) >= from);
  const unknown = told.length - bins.length;
  const uncounted = unknown ? t('jobs.uncounted.before', { at: hour(bins[0]?.from ?? figures.bins_from) }) : '';
  return html`<section class="pulse panel" aria-label=${t('jobs.last24')}>
    <div class="pulse-head"><h2>${t('jobs.last24')}</h2><ul class="legend">${BARS.map(([key, cls]) => html`<li><i class=${cls}></i>${word(key)}</li>`)}${unknown ? html`<li><i class="c-none"></i>${t('jobs.uncounted')}</li>` : nothing}</ul></div>
    ${told.length ? stacked(bins, BARS, {
      unknown,
      uncounted,
      label: `${t('jobs.last24')}: ${[...BARS.map(([key]) => `${word(key)} ${number(all(bins, key))}`), uncounted].filter(Boolean).join(', ')}`,
      titleOf: bin => `${hour(bin.from)}–${hour(end(bin))} · ${BARS.map(([key]) => `${word(key)} ${bin[key] ?? 0}`).join(' · ')}`,
      hrefOf: bin => href('/jobs', changed(changed(query, 'created_after', bin.from), 'created_before', end(bin))),
    }) : html`<div class="bars"></div>`}
    <div class="axis"><span>−24 h</span><span>−18 h</span><span>−12 h</span><span>−6 h</span><span>${t('time.now')}</span></div></section>`;
}

const all = (bins, key) => bins.reduce((total, bin) => total + (bin[key] ?? 0), 0);

/** Of what has ended not all may have been looked at; what waits and runs is counted in any case. */
function tab(key, of, states, figures) {
  const least = figures?.total_is === 'at_least' && !of.some(state => LIVE.includes(state)) ? '+' : '';
  const count = figures && (of.length ? sum(figures.states, of) : figures.total);
  return html`<a href=${href('/jobs', changed(query, 'state', of.join(',')))} aria-current=${states === of.join(',') ? 'page' : nothing}
    class=${key === 'problems' && count ? 'hot' : ''}>${t('jobs.tab.' + key)} ${summary.told ? html`<b>${figures ? number(count) + least : ''}</b>` : nothing}</a>`;
}

function newest() {
  if (query.get('cursor')) {
    go('/jobs', changed(query, '', ''));
  } else {
    read();
  }
}

function rows(found) {
  const stale = found.asked !== asked();
  if (stale && list.problem && !list.problem.passes) {
    return nothing; // an address that is refused has no rows, least of all those of another one
  }
  return html`${stale && list.problem ? html`<p class="dim">${t('jobs.stale')}</p>` : nothing}<div class=${stale ? 'stale' : ''} aria-busy=${stale && !list.problem ? 'true' : nothing}>${table(query)}</div>${pager(found)}`;
}

function pager(found) {
  const { rows: { length }, next, total, atLeast, at } = found;
  const from = (at - 1) * PAGE + 1;
  const texts = { from: number(from), to: number(from + length - 1), total: number(total) + (atLeast ? '+' : '') };
  return html`<nav class="pager" aria-label=${t('jobs.paging')}>
    <span class="num">${length ? t('jobs.page', texts) : ''}</span>
    <span>${button(t('jobs.newer'), newer, { ico: 'left', kind: 'small', disabled: !query.get('cursor') })}
    ${button(t('jobs.older'), () => older(found), { ico: 'right', kind: 'small after', disabled: !next })}</span></nav>`;
}

function older({ asked: of, next, at }) {
  if (of !== asked()) {
    return; // these rows are of the page before still, and so is what comes after them
  }
  before.set(next, query.get('cursor') ?? '');
  if (before.size > MOST_PAGES) {
    before.delete(before.keys().next().value);
  }
  go('/jobs', [...changed(query, '', ''), ['cursor', next], ['page', at + 1]]);
}

/** The page that one came from; who came by a link goes to the first. */
function newer() {
  const cursor = before.get(query.get('cursor'));
  const at = Number(query.get('page') ?? 2) - 1;
  go('/jobs', [...changed(query, '', ''), ...(cursor ? [['cursor', cursor], ['page', at]] : [])]);
}

function none() {
  return filtersOf(query).length
    ? empty('search', t('jobs.empty.title'), t('jobs.empty.text'), html`<a class="btn" href=${href('/jobs')}>${t('jobs.filter.clear')}</a>`)
    : empty('jobs', t('jobs.first.title'), t('jobs.first.text'), mayRun() ? html`<a class="btn primary" href=${href('/run')}>${t('jobs.new')}</a>` : nothing);
}
