// The nodes, the queue and the limits, for operators and auditors; read again while somebody looks.
import { ask, get, getPage } from './api.js';
import { legend, lines, meter, stacked } from './charts.js';
import { clock, duration, number, running } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { systemOf } from './metrics.js';
import { forbidden, shown } from './pieces.js';
import { Reading } from './reading.js';
import { href } from './router.js';
import { seesAll } from './session.js';
import { t } from './texts.js';

const AGAIN = 5000;

const ASK_AGAIN = 300_000; // what a node does not know, a newer one may, while they are changed one after the other

let untoldUntil = 0;
let timer;
const reading = new Reading(read);

export const system = {
  open() {
    clearInterval(timer);
    if (seesAll()) {
      reading.read();
      timer = setInterval(() => !document.hidden && !reading.problem && !reading.busy && reading.read(), AGAIN);
    }
  },

  close() {
    clearInterval(timer);
    reading.stop();
  },

  draw: () => (seesAll()
    ? html`<header class="head"><div><h1 tabindex="-1">${t('sys.title')}</h1><p class="sub">${reading.data?.one_node ? t('sys.onenode') : '\u00a0'}</p></div></header>${shown(reading, screen, { rows: 6 })}`
    : forbidden()),
};

/** Of all nodes; a service that does not tell of them has the figures of the node that answers, for Prometheus. */
async function read(signal) {
  const [figures, lost] = await Promise.all([Date.now() >= untoldUntil ? figuresOfAll(signal) : figuresOfOne(signal), lostJobs(signal)]);
  return { lost, ...figures };
}

async function figuresOfAll(signal) {
  try {
    return await get('/system', { signal });
  } catch (problem) {
    if (problem.status !== 404 || problem.passes) {
      throw problem;
    }
    untoldUntil = Date.now() + ASK_AGAIN;
    return figuresOfOne(signal);
  }
}

const figuresOfOne = async signal => systemOf(await (await ask('/metrics', { signal, headers: { Accept: 'text/plain, application/problem+json' } })).text());

const lostJobs = async signal => (await getPage('/jobs?state=lost&limit=1', { signal })).body.total;

function screen(found) {
  const { nodes, queue } = found;
  // What a node had that does not answer, nobody has.
  const total = key => nodes.filter(node => node.state !== 'dead').reduce((sum, node) => sum + (node[key] ?? 0), 0);
  const oldest = Number.isFinite(queue.oldest_seconds) ? running(queue.oldest_seconds * 1000) : '–';
  return html`<div class="kpis">
      ${kpi(t('sys.workers'), html`${number(total('busy'))}<small> / ${number(total('workers'))}</small>`, '', meter(total('busy'), total('workers'), `${total('busy')} / ${total('workers')}`))}
      ${kpi(t('sys.queue'), html`<a href=${href('/jobs', { state: 'queued' })}>${number(queue.queued)}</a>${queue.capacity ? html`<small> / ${number(queue.capacity)}</small>` : nothing}`, t('sys.oldest', { age: oldest }))}
      ${found.refused === undefined ? nothing : kpi(t('sys.limits'), number(found.refused), t(found.one_node ? 'sys.sincestart' : 'sys.lasthour'))}
      ${kpi(t('sys.lost'), html`<a href=${href('/jobs', { state: 'lost' })}>${number(found.lost)}</a>`, t('sys.kept'))}</div>
    ${found.minutes?.length ? charts(found.minutes) : nothing}
    ${nodeTable(nodes)}
    ${found.limits?.length ? limits(found.limits) : nothing}`;
}

const kpi = (label, value, note, more = nothing) => html`<div class="kpi panel"><p class="kpi-label">${label}</p><p class="kpi-value num">${value}</p>${more}${note ? html`<p class="kpi-note">${note}</p>` : nothing}</div>`;

function charts(minutes) {
  const most = Math.max(1, ...minutes.map(minute => minute.succeeded + minute.problems));
  return html`<div class="charts">
    <section class="panel"><h2>${t('sys.throughput')}${legend([['c-ok', t('sys.ok.legend')], ['c-bad', t('sys.bad.legend')]])}</h2>
      <div class="chart"><div class="chart-y"><span>${number(most)}</span><span>${number(most / 2, 1)}</span><span>0</span></div>${stacked(minutes, [['succeeded', 'c-ok'], ['problems', 'c-bad']], { label: t('sys.throughput'), titleOf: minute => `${clock(minute.at)} · ${minute.succeeded} · ${minute.problems}` })}</div>
      ${axis()}${asTable(t('sys.throughput'), [t('sys.ok.legend'), t('sys.bad.legend')], minutes, minute => [number(minute.succeeded), number(minute.problems)])}</section>
    <section class="panel"><h2>${t('sys.wait')}${legend([['l-50', 'p50'], ['l-95', 'p95']])}</h2>${lines(minutes, [['wait_p95_ms', 'l-95'], ['wait_p50_ms', 'l-50']], t('sys.wait'), duration)}
      ${axis()}${asTable(t('sys.wait'), ['p50', 'p95'], minutes, minute => [duration(minute.wait_p50_ms), duration(minute.wait_p95_ms)])}</section></div>`;
}

const axis = () => html`<div class="axis in-chart"><span>−60 min</span><span>−40</span><span>−20</span><span>${t('time.now')}</span></div>`;

/** The same figures for who cannot see the picture, or wants to copy them. */
const asTable = (label, heads, minutes, cells) => html`<details class="as-table"><summary>${t('sys.table')}<span class="sr-only">: ${label}</span></summary><div class="scroll" tabindex="0" role="region" aria-label=${label}><table><thead><tr>${[t('sys.minute'), ...heads].map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
  <tbody>${minutes.map(minute => html`<tr><td class="num">${clock(minute.at)}</td>${cells(minute).map(cell => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody></table></div></details>`;

const MARKS = { active: 'succeeded', draining: 'timed_out', dead: 'lost' };
const HEADS = ['node', 'node.state', 'workers', 'node.beat', 'node.up', 'node.pool', 'node.version'];

function nodeTable(nodes) {
  const since = at => (at ? running(Date.now() - new Date(at)) : '–');
  const row = node => html`<tr><td><b>${node.name}</b></td>
    <td><span class=${'state s-' + MARKS[node.state]}>${icon(MARKS[node.state])}<span>${t('sys.node.' + node.state)}</span></span></td>
    <td class="wide">${node.workers === undefined ? number(node.busy) : html`<div class="busy">${meter(node.busy, node.workers, `${node.busy} / ${node.workers}`)}<span class="num">${number(node.busy)}<span class="dim"> / ${number(node.workers)}</span></span></div>`}</td>
    <td class="num">${since(node.heartbeat_at)}</td><td class="num">${since(node.started_at)}</td><td class="num">${node.connections === undefined ? '–' : number(node.connections)}</td><td class="num">${node.version ?? '–'}</td></tr>`;
  return html`<section class="panel"><h2>${t('sys.nodes')}</h2><div class="scroll" tabindex="0" role="region" aria-label=${t('sys.nodes')}><table class="nodes"><thead><tr>${HEADS.map(key => html`<th scope="col" class=${key === 'workers' ? 'wide' : ''}>${t('sys.' + key)}</th>`)}</tr></thead><tbody>${nodes.map(row)}</tbody></table></div></section>`;
}

const limits = list => html`<section class="panel"><h2>${t('sys.limits.title')}</h2><div class="scroll" tabindex="0" role="region" aria-label=${t('sys.limits.title')}><table class="nodes limits"><thead class="sr-only"><tr><th scope="col">${t('sys.limits.title')}</th><th scope="col">${t('sys.workers')}</th><th scope="col">${t('sys.limits')}</th></tr></thead><tbody>${list.map(limit => html`<tr><td>${t('sys.limit.' + limit.kind)}${limit.name ? ` · ${limit.name}` : ''}</td><td class="wide"><div class="busy">${meter(limit.used, limit.max, `${limit.used} / ${limit.max}`)}<span class="num">${number(limit.used)}<span class="dim"> / ${number(limit.max)}</span></span></div></td><td class="dim">${limit.refused ? t('sys.limit.hits', { n: number(limit.refused) }) : ''}</td></tr>`)}</tbody></table></div></section>`;
