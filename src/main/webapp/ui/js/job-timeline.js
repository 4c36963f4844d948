// The way of a job: queued, running, fetching as one bar to scale, and the same figures in words.
import { clock, duration, hour, running, stamp } from './format.js';
import { html, nothing } from './html.js';
import { isLive } from './pieces.js';
import { t } from './texts.js';

const LEAST = 0.012; // of the bar: what was short is seen all the same

export function timeline(job) {
  const parts = partsOf(job).filter(([, ms]) => ms > 0);
  const whole = parts.reduce((sum, [, ms]) => sum + ms, 0);
  const end = isLive(job) ? expected(job) : html`${t('job.t.ended')} <time class="num" title=${stamp(job.end_time)}>${clock(job.end_time)}</time>`;
  const piece = ([key, ms, cls]) => html`<div class=${'seg ' + cls} .style=${`flex-grow:${Math.max(ms / whole, LEAST)}`} title=${`${t('job.t.' + key)} ${duration(ms)}`}></div>`;
  const word = ([key, ms, cls]) => (key === 'expected' ? nothing : html`<li><i class=${cls}></i>${t('job.t.' + key)} <b class="num">${key === 'run' && isLive(job) ? running(ms) : duration(ms)}</b></li>`);
  return html`<section class="panel"><h2>${t('job.timeline')}</h2><div class="timeline">
    <div class="segs">${parts.map(piece)}</div>
    <div class="ends"><span>${t('job.t.requested')} <time class="num" title=${stamp(job.created_at)}>${clock(job.created_at)}</time></span><span>${end}</span></div>
    <ul class="legend">${parts.map(word)}</ul></div></section>`;
}

function partsOf(job) {
  const now = Date.now();
  const created = new Date(job.created_at);
  const started = job.started_at ? new Date(job.started_at) : null;
  const ended = job.end_time ? new Date(job.end_time) : now;
  const of = isLive(job) ? 'r' : 'd s-' + job.state;
  return [
    ['queued', job.timing?.queued_ms ?? (started ?? ended) - created, 'q'],
    ['run', started ? job.timing?.run_ms ?? ended - started : 0, of],
    ['fetch', job.timing?.fetch_ms ?? 0, 'f s-' + job.state],
    ['expected', remaining(job), 'e'],
  ];
}

const remaining = job => (job.state === 'running' ? (job.progress_detail?.remaining_seconds ?? 0) * 1000 : 0);

const expected = job => (remaining(job)
  ? html`${t('job.t.expected')} <time class="num">≈ ${hour(Date.now() + remaining(job))}</time>`
  : '');
