// The rows of the list of jobs; below 760 px the same table is drawn as cards, and stays a table for who hears it.
import { mayChange } from './actions.js';
import { changed } from './filters.js';
import { about, duration, isSoon, running, time } from './format.js';
import { html, nothing } from './html.js';
import { view } from './jobs-view.js';
import { invalidate } from './page.js';
import { isRunning, name, progress, progressText, state, tookOf } from './pieces.js';
import { go, href } from './router.js';
import { mayRun, seesAll } from './session.js';
import { t } from './texts.js';

export function table(query) {
  const owners = seesAll();
  const head = (cls, key) => html`<th role="columnheader" scope="col" class=${cls}>${t('jobs.col.' + key)}</th>`;
  return html`<table class=${'jobs' + (owners ? '' : ' no-owner')} role="table" aria-label=${t('jobs.title')}>
    <thead role="rowgroup"><tr role="row">
      <th role="columnheader" scope="col" class="c-check">${mayRun() ? chooseAll() : html`<span class="sr-only">${t('jobs.col.select')}</span>`}</th>
      ${head('c-state', 'state')}${head('', 'job')}${head('c-progress', 'progress')}${owners ? head('c-owner', 'owner') : nothing}${head('c-created', 'created')}</tr></thead>
    <tbody role="rowgroup">${view.rows.map((job, i) => row(job, i, query, owners))}</tbody></table>`;
}

function chooseAll() {
  const choosable = view.rows.filter(mayChange);
  const all = choosable.length > 0 && choosable.every(job => view.chosen.has(job.id));
  const choose = () => {
    choosable.forEach(job => (all ? view.chosen.delete(job.id) : view.chosen.set(job.id, job)));
    view.all = false;
    invalidate();
  };
  return html`<input type="checkbox" aria-label=${t('jobs.select.page')} .checked=${all} @change=${choose}>`;
}

function row(job, i, query, owners) {
  const marks = `s-${job.state}${i === view.cursor && view.byKeys ? ' cursor' : ''}${view.chosen.has(job.id) ? ' chosen' : ''}`;
  const opened = event => !event.target.closest('a,input,button') && go('/jobs/' + job.id);
  const label = ([key, value]) => html`<a class="tag" href=${href('/jobs', changed(query, 'label', `${key}=${value}`))}>${key}=${value}</a>`;
  return html`<tr role="row" id=${'row-' + i} class=${marks} @click=${opened}>
    <td role="cell" class="c-check">${mayChange(job) ? html`<input type="checkbox" aria-label=${`${t('jobs.col.select')} ${job.procedure_name} ${job.id.slice(0, 8)}`} .checked=${view.chosen.has(job.id)} @change=${() => toggle(job)}>` : nothing}</td>
    <td role="cell" class="c-state">${state(job.state)}</td>
    <td role="cell" class="c-job"><div class="job-cell">${name(job.procedure_name, href('/jobs/' + job.id))}${Object.entries(job.labels ?? {}).slice(0, 3).map(label)}</div></td>
    <td role="cell" class="c-progress">${work(job)}</td>
    ${owners ? html`<td role="cell" class="c-owner" title=${job.owner}>${job.owner}</td>` : nothing}
    <td role="cell" class="c-created">${time(job.created_at)}</td></tr>`;
}

function work(job) {
  if (isRunning(job)) {
    const { remaining_seconds: left, source } = job.progress_detail ?? { source: 'none' };
    const since = source === 'none' || left === undefined ? running(Date.now() - new Date(job.started_at ?? job.start_time)) : '';
    return html`<div class="work">${progress(job)}<div class="work-text"><span class="num">${progressText(job)}</span>
      <span class="dim num">${left && job.state === 'running' ? remaining(left * 1000) : since}</span></div></div>`;
  }
  if (job.state === 'queued') {
    return html`<span class="dim num">${running(Date.now() - new Date(job.created_at))}</span>`;
  }
  const took = job.started_at ? duration(tookOf(job)) : '–';
  const wrong = job.error_detail && job.state !== 'cancelled';
  return html`<span class="num">${took}</span> ${wrong ? html`<code class="ora" title=${job.error ?? ''}>${job.error_detail.code}</code>` : nothing}`;
}

const remaining = ms => (isSoon(ms) ? about(ms) : t('jobs.left', { left: about(ms) }));

export function toggle(job) {
  if (view.chosen.has(job.id)) {
    view.chosen.delete(job.id);
  } else if (mayChange(job)) {
    view.chosen.set(job.id, job);
  }
  view.all = false;
  invalidate();
}
