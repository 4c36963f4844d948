// What one may run, and how earlier runs went.
import { Catalogue } from './catalogue.js';
import { FEW, brief, number, percent } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { empty, name, PROBLEMS, shown } from './pieces.js';
import { href, runHref } from './router.js';
import { more, searchBox } from './run.js';
import { mayRun } from './session.js';
import { t } from './texts.js';

const WELL = 0.95;

const catalogue = new Catalogue();

export const procedures = {
  open: () => catalogue.open(),
  close: () => catalogue.close(),
  draw: () => html`<header class="head"><div><h1 tabindex="-1">${t('proc.title')}</h1><p class="sub">${t('proc.sub')}</p></div></header>
    ${searchBox(catalogue)}
    ${shown(catalogue.reading, found => (found.procedures.length
    ? html`${table(found.procedures)}${found.next ? more(catalogue) : nothing}`
    : catalogue.search ? empty('search', t('run.none'), '') : empty('procedures', t('run.nothing'), t(mayRun() ? 'run.nothing.text' : 'run.readonly'))))}`,
};

const COLUMNS = [['name', ''], ['runs', 'r'], ['rate', 'r'], ['time', 'r']];

const table = list => html`<table class="procs" role="table" aria-label=${t('proc.title')}><thead role="rowgroup"><tr role="row">${COLUMNS.map(([key, cls]) => html`<th role="columnheader" scope="col" class=${cls}>${t('proc.col.' + key)}</th>`)}<th role="columnheader" scope="col" class="c-go"><span class="sr-only">${t('do.run')}</span></th></tr></thead>
  <tbody role="rowgroup">${list.map(row)}</tbody></table>`;

function row(procedure) {
  const { runs, succeeded = 0, success_rate: rate, p50_ms: p50, p95_ms: p95 } = procedure.statistics;
  const share = !runs ? '–' : runs < FEW ? t('proc.of', { n: succeeded, runs }) : percent(rate);
  const problems = href('/jobs', { procedure: procedure.name, state: PROBLEMS.join(',') });
  return html`<tr role="row">
    <td role="cell" class="c-name">${name(procedure.name, href('/jobs', { procedure: procedure.name }))}</td>
    <td role="cell" class="r num" data-label=${t('proc.col.runs')}>${number(runs)}</td>
    <td role="cell" class=${'r num' + (runs && rate < WELL ? ' warn' : '')} data-label=${t('proc.col.rate')}>${runs > succeeded ? html`<a href=${problems}>${share}</a>` : share}</td>
    <td role="cell" class="r num" data-label=${t('proc.col.time')}>${p50 === undefined ? '–' : brief(p50)}<span class="dim"> / ${p95 === undefined || runs < FEW ? '–' : brief(p95)}</span></td>
    <td role="cell" class="c-go">${mayRun() ? html`<a class="btn small" href=${runHref(procedure.name)} aria-label=${`${t('do.run')} ${procedure.name}`}>${icon('run', 14)}<span>${t('do.run')}</span></a>` : nothing}</td></tr>`;
}
