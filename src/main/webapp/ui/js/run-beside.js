// What a form has beside it: what is known of the procedure's runs, and what it gives back.
import { FEW, brief, number, percent } from './format.js';
import { html, nothing } from './html.js';
import { t, tn } from './texts.js';

/** How long it usually takes, and how often it goes well. */
export function expect({ statistics, rules }) {
  const { runs, success_rate: rate, p50_ms: p50, p95_ms: p95 } = statistics;
  return html`<section class="panel expect">${runs ? html`<p class="expect-main">${p50 === undefined ? t('run.unknown') : t('run.usual', { p50: brief(p50) })}</p>
    ${p95 === undefined || runs < FEW ? nothing : html`<p class="dim">${t('run.upto', { p95: brief(p95) })}</p>${gauge(p50, p95)}`}
    <p class="dim">${t('run.once', { runs: tn('run.runs', runs, number(runs)), rate: percent(rate) })}</p>` : html`<p class="expect-main">${t('run.never')}</p>`}
    ${rules.attempts > 1 ? html`<p class="dim">${t('run.attempts', { n: rules.attempts })}</p>` : nothing}</section>`;
}

/** Where a usual run ends on the way to the 95th percentile. */
const gauge = (p50, p95) => html`<svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="g-all" width="100" height="8"></rect><rect class="g-95" width="92" height="8"></rect><rect class="g-50" width=${(Math.min(1, p50 / Math.max(1, p95)) * 92).toFixed(1)} height="8"></rect></svg>`;

/** What comes back of it. */
export function returns(overload) {
  const outs = overload.params.filter(param => param.direction !== 'IN').map(({ name, type }) => [name, type]);
  const all = overload.returns ? [['return_value', overload.returns], ...outs] : outs;
  return all.length ? html`<section class="panel"><h2>${t('run.returns')}</h2><ul class="outs">${all.map(([name, type]) => html`<li><code>${name}</code><span class="dim">${type}</span></li>`)}</ul></section>` : nothing;
}
