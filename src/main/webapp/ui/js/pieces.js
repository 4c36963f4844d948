// Pieces that screens are made of.
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { close, copy } from './page.js';
import { percent } from './format.js';
import { href } from './router.js';
import { t } from './texts.js';

export const LIVE = ['queued', 'running', 'cancelling'];
export const PROBLEMS = ['failed', 'timed_out', 'expired', 'lost'];
export const STATES = [...LIVE, 'succeeded', 'cancelled', ...PROBLEMS];

export const isLive = job => LIVE.includes(job.state);
/** What a job took, its results included, as the service counts it. */
export const tookOf = job => (job.started_at ? (job.timing?.run_ms ?? 0) + (job.timing?.fetch_ms ?? 0) : undefined);

export const isRunning = job => job.state === 'running' || job.state === 'cancelling';

export const state = name => html`<span class=${'state s-' + name}>${icon(name)}<span>${t('state.' + name)}</span></span>`;

/** PKG_ETL.PROCESO_LARGO: the package recedes, the procedure stands. */
export function code(name) {
  const dot = name.lastIndexOf('.');
  return html`<code class="proc"><span class="pkg">${name.slice(0, dot + 1)}</span><wbr>${name.slice(dot + 1)}</code>`;
}

export const name = (procedure, link) =>
  html`<span class="name">${link ? html`<a href=${link} class="name-link">${code(procedure)}</a>` : html`<b>${code(procedure)}</b>`}</span>`;

const source = job => job.progress_detail?.source ?? 'none';

/** A known number is solid, an estimate is hatched, nothing known is a slow sweep: honest without reading the label. */
export function progress(job, big = false) {
  const from = source(job);
  const share = from === 'none' ? 0 : job.progress;
  const label = `${t('state.' + job.state)}, ${from === 'none' ? '' : `${job.progress} %, `}${t('source.' + from)}`;
  return html`<progress class=${`bar src-${from} s-${job.state}${big ? ' big' : ''}`} max="100" .value=${share} aria-label=${label}></progress>`;
}

export const progressText = job =>
  (source(job) === 'none' ? '' : (source(job) === 'estimated' ? '≈ ' : '') + percent((job.progress ?? 0) / 100, 0));

export const button = (label, on, { kind = '', ico, disabled = false, busy = false } = {}) =>
  html`<button type="button" class=${'btn ' + kind} ?disabled=${disabled || busy} aria-busy=${busy ? 'true' : nothing} @click=${on}>${ico ? icon(ico) : nothing}<span>${label}</span></button>`;

export const iconButton = (ico, label, on, { kind = '', disabled = false } = {}) =>
  html`<button type="button" class=${'btn icon-only ' + kind} aria-label=${label} title=${label} ?disabled=${disabled} @click=${on}>${icon(ico)}</button>`;

export const copyButton = (text, label = t('do.copy')) =>
  iconButton('copy', label, () => copy(text, t('do.copied')), { kind: 'quiet small' });

export const empty = (ico, title, text, action = nothing) =>
  html`<div class="empty"><div class="empty-mark">${icon(ico, 28)}</div><h2>${title}</h2><p>${text}</p>${action}</div>`;

export const toJobs = () => html`<a class="btn" href=${href('/jobs')}>${t('do.back')}</a>`;

/** A screen that is nothing but a message has a heading all the same, for focus and for readers. */
export const alone = (ico, title, text, action = toJobs()) =>
  html`<div class="empty"><div class="empty-mark">${icon(ico, 28)}</div><h1 tabindex="-1" class="h2">${title}</h1><p>${text}</p>${action}</div>`;

export const forbidden = (text = t('forbidden.text')) => alone('lock', t('forbidden.title'), text);

/** Placeholders have the size of what will come, so nothing moves when it does; they show after an instant, so nothing blinks. */
export const skeleton = (rows, kind) =>
  html`<div class=${'skeleton ' + kind} aria-busy="true"><span class="sr-only">${t('load.text')}</span>${Array.from({ length: rows }, () => html`<div class="sk-row"><i></i><i></i><i></i><i></i></div>`)}</div>`;

/** Its countdown is beside the alert: within it each second would be read out. */
export function problemPanel(reading) {
  const { problem } = reading;
  const title = problem.title ?? t(problem.status ? 'error.title' : 'error.nobody');
  return html`<div class="panel notice bad"><div>${icon('failed', 20)}</div>
    <div><div role="alert"><h2>${title}</h2>${problem.message ? html`<p>${problem.message}</p>` : nothing}</div>
      <p class="dim">${problem.passes ? html`<span role="timer" aria-live="off">${t('error.again', { s: reading.retryIn })}</span>` : nothing} ${problem.trace ? html`${t('error.trace')} <code>${problem.trace}</code>` : nothing}</p></div>
    ${button(t('do.reload'), () => reading.read(), { ico: 'retry' })}</div>`;
}

/** What a reading has, or what there is in its place. */
export function shown(reading, view, { rows = 8, kind = 'rows', gone } = {}) {
  const { data, problem } = reading;
  if (problem?.status === 403) {
    return alone('lock', t('forbidden.title'), problem.message, nothing);
  }
  if (problem?.status === 404 && !problem.passes && gone) {
    return gone(problem);
  }
  if (data === null) {
    return problem ? problemPanel(reading) : skeleton(rows, kind);
  }
  return html`${problem && problem.status ? problemPanel(reading) : nothing}${view(data)}`;
}

export const dialog = ({ title, body, actions, wide = false }) => html`<div class="veil" @click=${e => e.target === e.currentTarget && close()}>
    <section class=${wide ? 'dialog wide' : 'dialog'} role="dialog" aria-modal="true" aria-labelledby="dialog-title" tabindex="-1">
      <div class="dialog-head"><h2 id="dialog-title">${title}</h2>${iconButton('close', t('do.close'), close, { kind: 'quiet' })}</div>
      <div class="dialog-body">${body}</div>${actions ? html`<div class="dialog-do">${actions}</div>` : nothing}
    </section></div>`;

/** "Two of these, or that": one is pressed. */
export const pick = (label, options, chosen, on, extra = '') =>
  html`<div class=${'seg-pick ' + extra} role="group" aria-label=${label}>${options.map(([value, text, lang]) =>
    html`<button type="button" lang=${lang ?? nothing} aria-pressed=${String(chosen === value)} @click=${() => on(value)}>${text}</button>`)}</div>`;

export const fact = (key, value) => (value === undefined || value === null || value === '' ? nothing : html`<dt>${key}</dt><dd>${value}</dd>`);
