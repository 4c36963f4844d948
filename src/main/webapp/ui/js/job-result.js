// What a job gave back: values large, rows as a grid, all of it as files.
import { download, jsonOfLines } from './downloads.js';
import { isNumber } from './exact.js';
import { bytes, exact, number } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { invalidate } from './page.js';
import { button, copyButton } from './pieces.js';
import { t } from './texts.js';

const FORMATS = [['xlsx', 'Excel'], ['csv', 'CSV'], ['json', 'JSON'], ['ndjson', 'NDJSON']];
const SHOWN = 20;
const MORE = 100;
// Oracle's DATE has a time: where that is midnight in all rows, they are days.
const MIDNIGHT = /^\d{4}-\d{2}-\d{2}T00:00:00$/;
const DAY = 10;
const LARGE = 24; // characters that are shown large
const LONG = 80; // a text beyond it is read, not looked at

/** How many rows of which result are shown; of the job that was looked at last. */
const view = { of: '', rows: { __proto__: null } };

const isRows = value => Array.isArray(value?.columns) && Array.isArray(value?.rows);
const isFile = value => typeof value === 'object' && value !== null && 'content_type' in value;
const pathOf = (job, name) => `/jobs/${job.id}/results/${encodeURIComponent(name)}`;

/** The one download that is the job's main action: its first rows as a workbook, else its first file. */
export function mainFile(job) {
  const entries = Object.entries(job.result ?? {});
  const rows = entries.find(([, value]) => isRows(value));
  if (rows) {
    return button(t('job.get', { format: 'Excel' }), () => asFile(job, rows[0], rows[1], 'xlsx'), { ico: 'download', kind: 'primary' });
  }
  const file = entries.find(([, value]) => isFile(value) && value.link);
  return file ? button(t('job.get.file'), () => get(file[0], file[1]), { ico: 'download', kind: 'primary' }) : nothing;
}

/** The service gives JSON by pages: one file of it is made of the same rows as they come, a line each. */
const asFile = (job, name, value, format) =>
  download(`${pathOf(job, name)}?format=${format === 'json' ? 'ndjson' : format}`, `${name}.${format}`,
    { format, rows: value.row_count * value.columns.length / 10, through: format === 'json' ? jsonOfLines : undefined });

const get = (name, value) => download(value.link, name + (value.content_type === 'text/plain' ? '.txt' : ''), { size: value.size });

export function results(job) {
  if (view.of !== job.id) {
    Object.assign(view, { of: job.id, rows: { __proto__: null } });
  }
  const entries = Object.entries(job.result ?? {});
  const values = entries.filter(([, value]) => !isRows(value) && !isFile(value));
  if (!entries.length) {
    return html`<p class="dim pad">${t('job.nothing')}</p>`;
  }
  return html`${values.length ? html`<dl class="values">${values.map(([name, value]) => scalar(name, value))}</dl>` : nothing}
    ${entries.map(([name, value]) => (isRows(value) ? table(job, name, value) : isFile(value) ? file(name, value) : nothing))}`;
}

function scalar(name, value) {
  const text = value === null ? '' : typeof value === 'object' && !isNumber(value) ? JSON.stringify(value) : String(value);
  const shown = value === null ? html`<i class="null">null</i>` : typeof value === 'boolean' ? t(value ? 'run.yes' : 'run.no') : isNumber(value) ? exact(value) : text;
  const size = text.length > LONG || text.includes('\n') ? 'long' : text.length > LARGE ? 'small' : '';
  return html`<div class=${size}><dt><code>${name}</code></dt><dd class="num">${shown}${copyButton(text, `${t('do.copy')} ${name}`)}</dd></div>`;
}

const file = (name, value) => html`<div class="file"><div class="file-head"><div><b><code>${name}</code></b><span class="dim num">${bytes(value.size)} · ${value.content_type}</span></div>
  ${value.link ? button(t('job.get.file'), () => get(name, value), { ico: 'download', kind: 'small' }) : html`<span class="dim">${t('job.notkept')}</span>`}</div></div>`;

function table(job, name, value) {
  const count = view.rows[name] ?? SHOWN;
  const numeric = value.columns.map(column => value.rows.some(row => isNumber(row[column])));
  const days = value.columns.map(column => value.rows.every(row => row[column] === null || MIDNIGHT.test(row[column])));
  const cell = (row, column, i) => html`<td class=${numeric[i] ? 'number' : ''}>${days[i] && row[column] ? row[column].slice(0, DAY) : cellText(row[column])}</td>`;
  const format = ([key, label], i) => html`<button type="button" class=${'btn small' + (i ? '' : ' primary')} aria-label=${t('job.download', { name, format: label })} @click=${() => asFile(job, name, value, key)}>${i ? nothing : icon('download')}<span>${label}</span></button>`;
  return html`<div class="file">
    <div class="file-head"><div><b><code>${name}</code></b><span class="dim num">${t('job.rows', { n: number(value.row_count), columns: value.columns.length })}</span></div>
      <div class="formats" role="group" aria-label=${name}>${FORMATS.map(format)}</div></div>
    ${value.rows.length ? html`<div class="grid-wrap" tabindex="0" role="region" aria-label=${name}><table class="grid"><thead><tr>${value.columns.map((column, i) => html`<th class=${numeric[i] ? 'number' : ''} scope="col">${column}</th>`)}</tr></thead>
      <tbody>${value.rows.slice(0, count).map(row => html`<tr>${value.columns.map((column, i) => cell(row, column, i))}</tr>`)}</tbody></table></div>` : nothing}
    <p class="dim num small-text">${value.rows.length ? t('job.firstrows', { n: number(Math.min(count, value.rows.length)), total: number(value.row_count) }) : t('job.norows')}
      ${count < value.rows.length ? html`<button type="button" class="linkish" @click=${() => more(name, count)}>${t('job.morerows')}</button>` : nothing}</p></div>`;
}

function more(name, count) {
  view.rows[name] = count + MORE;
  invalidate();
}

function cellText(value) {
  if (value === null || value === undefined) {
    return html`<i class="null">null</i>`;
  }
  return isNumber(value) ? exact(value) : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
